package com.ecohash.ecolink.testing;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * A container that speaks HTTP/2 with prior knowledge, and is no gRPC: Jetty's server. It sends
 * back, piece by piece, what it is sent, and as trailers the trailers; with its length, if the
 * query is {@code sized}. Well at {@code /health}.
 */
public final class Http2Container implements AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector;
  private final List<String> received = new CopyOnWriteArrayList<>();

  private Http2Container() {
    connector = new ServerConnector(server, new HTTP2CServerConnectionFactory(configuration()));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            return answer(request, response, callback);
          }
        });
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    return configuration;
  }

  public static Http2Container start() {
    Http2Container container = new Http2Container();
    try {
      container.server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return container;
  }

  private boolean answer(Request request, Response response, Callback callback) {
    String target = request.getHttpURI().getPathQuery();
    if (target.equals("/health") || target.startsWith("/grpc.health.")) {
      callback.succeeded();
      return true;
    }
    received.add(request.getMethod() + " " + target);
    HttpFields.Mutable trailers = HttpFields.build();
    response.getHeaders().put("Content-Type", "application/octet-stream");
    if (target.contains("sized")) {
      response.getHeaders().put("Content-Length", request.getLength());
    }
    response.setTrailersSupplier(() -> trailers);
    Content.copy(
        request,
        response,
        (piece, sent) -> endedByTrailers(piece, response, trailers, sent),
        callback);
    return true;
  }

  /** Whether the piece is the request's trailers; they go back as the answer's. */
  private static boolean endedByTrailers(
      Content.Chunk piece, Response response, HttpFields.Mutable trailers, Callback sent) {
    if (piece instanceof Trailers received) {
      for (HttpField field : received.getTrailers()) {
        trailers.add("x-echo-" + field.getLowerCaseName(), field.getValue());
      }
      response.write(true, null, sent);
      return true;
    }
    return false;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  /** Method and target of the requests, health checks apart. */
  public List<String> received() {
    return received;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
