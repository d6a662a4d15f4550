package com.ecohash.ecolink.launcher;

import java.nio.channels.SocketChannel;
import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Offers each HTTP/1.x exchange a way to learn that its client has gone away while nothing is being
 * written to it: the request attribute {@value #ATTRIBUTE}, a {@code Function<Runnable,
 * AutoCloseable>} that takes what to run then and gives back how to stop watching. It costs nothing
 * until it is called. Jetty itself does not read from a connection whose request it is still
 * answering, so it would see the end only at the next write. HTTP/2 needs none of this and has no
 * such attribute: there the client's reset reaches {@code AsyncListener.onError}.
 *
 * <p>{@link SocketWatcher} says what is promised about order and threads.
 */
final class ClientWatch extends Handler.Wrapper {
  static final String ATTRIBUTE = "ecolink.client-watch";
  private static final int HTTP_2 = 20;

  private final SocketWatcher watcher = new SocketWatcher();

  ClientWatch(Handler next) {
    super(next);
    installBean(watcher);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (request.getConnectionMetaData().getHttpVersion().getVersion() < HTTP_2
        && request.getConnectionMetaData().getConnection().getEndPoint().getTransport()
            instanceof SocketChannel socket) {
      Function<Runnable, AutoCloseable> watch =
          gone -> watcher.watch(socket, gone, request.getComponents().getExecutor());
      request.setAttribute(ATTRIBUTE, watch);
    }
    return super.handle(request, response, callback);
  }
}
