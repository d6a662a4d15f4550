package com.ecohash.ecolink.relay;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts a client's connection in mid-answer. The Servlet API has no word for it: Jetty takes {@code
 * sendError(-1)} on a committed response, and Undertow hands out its exchange, by a class that the
 * application cannot be compiled against.
 */
final class ConnectionCut {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionCut.class);

  private ConnectionCut() {}

  static void cut(HttpServletRequest request, HttpServletResponse response) {
    try {
      if (request.getClass().getName().startsWith("io.undertow.")) {
        Object exchange = request.getClass().getMethod("getExchange").invoke(request);
        Object connection = exchange.getClass().getMethod("getConnection").invoke(exchange);
        ((Closeable) connection).close();
      } else {
        response.sendError(-1);
      }
    } catch (IOException | IllegalStateException e) {
      LOG.debug("the connection was gone already", e);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      LOG.error("a broken answer could not be cut off; the client may take it for whole", e);
    }
  }
}
