package com.ecohash.ecolink.launcher;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * A connector that ends as its exchanges do. Jetty gives all connections the same time at a
 * shutdown: a short one cuts an upload that pauses for longer than that, a long one lets a
 * connection that is merely kept alive hold up the end. Here those that carry an exchange have the
 * shutdown's idle timeout, and those that carry none, or none any more, a second.
 */
final class DrainingConnector extends ServerConnector {
  private static final long WITHOUT_EXCHANGE_MILLIS = 1000;
  private static final long LOOK_AGAIN_MILLIS = 100;

  DrainingConnector(
      Server server,
      Executor executor,
      int acceptors,
      int selectors,
      ConnectionFactory... protocols) {
    super(server, executor, null, null, acceptors, selectors, protocols);
  }

  @Override
  public CompletableFuture<Void> shutdown() {
    CompletableFuture<Void> done = super.shutdown();
    hastenThoseWithoutExchange(done);
    return done;
  }

  private void hastenThoseWithoutExchange(CompletableFuture<Void> done) {
    if (done.isDone() || !isRunning()) {
      return;
    }
    for (EndPoint endPoint : getConnectedEndPoints()) {
      if (endPoint.getIdleTimeout() != WITHOUT_EXCHANGE_MILLIS
          && !hasExchange(endPoint.getConnection())) {
        endPoint.setIdleTimeout(WITHOUT_EXCHANGE_MILLIS);
      }
    }
    getScheduler()
        .schedule(() -> hastenThoseWithoutExchange(done), LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static boolean hasExchange(Connection connection) {
    if (connection instanceof HttpConnection http1) {
      return http1.getHttpChannel().getRequest() != null;
    }
    if (connection instanceof HTTP2Connection http2) {
      return !http2.getSession().getStreams().isEmpty();
    }
    return true;
  }
}
