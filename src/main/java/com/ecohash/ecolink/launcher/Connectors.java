package com.ecohash.ecolink.launcher;

import java.io.IOException;
import java.net.BindException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** How clients reach the server: HTTP/1.1 and HTTP/2 without TLS on one socket, with its limits. */
final class Connectors {
  /**
   * An HTTP/1.1 connection keeps this buffer from the request's body to the end of its answer, so
   * ten thousand open streams keep ten thousand. A chat's body takes one or two reads.
   */
  private static final int INPUT_BUFFER_BYTES = 4096;

  private static final int ACCEPTORS = 1;
  private static final int SELECTORS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private Connectors() {}

  static Server serverWith(LauncherSettings settings) {
    QueuedThreadPool threads = new QueuedThreadPool(settings.http().threads());
    threads.setName("http");
    Server server = new Server(threads);
    server.addConnector(connectorOf(server, settings));
    server.addBean(new NetworkConnectionLimit(settings.http().connectionsMax(), server));
    return server;
  }

  /**
   * Opens the listening socket before the application starts, so that a taken port is known at
   * once. Nothing is accepted until the server has started.
   */
  static void openSocketOf(Server server, LauncherSettings settings) throws IOException {
    try {
      ((ServerConnector) server.getConnectors()[0]).open();
    } catch (IOException e) {
      throw new IOException(
          "Port %d%s cannot be opened: %s. Set %s to another one."
              .formatted(
                  settings.port(),
                  settings.host().map(" of "::concat).orElse(""),
                  reasonOf(e),
                  LauncherSettings.PORT),
          e);
    }
  }

  private static String reasonOf(IOException e) {
    Throwable reason = e.getCause() instanceof BindException bind ? bind : e;
    return String.valueOf(reason.getMessage());
  }

  private static ServerConnector connectorOf(Server server, LauncherSettings settings) {
    LauncherSettings.Http limits = settings.http();
    HttpConfiguration configuration = configurationOf(limits);
    // On a copy: it raises the size of its configuration's input buffer, which is right for a
    // connection that many streams share and wrong for one that each HTTP/1.1 stream has alone.
    CleartextHttp2 http2 = new CleartextHttp2(new HttpConfiguration(configuration));
    http2.setMaxConcurrentStreams(settings.http2().streamsMax());
    http2.setRateControlFactory(
        new WindowRateControl.Factory(settings.http2().eventsPerSecondMax()));
    http2.setStreamIdleTimeout(limits.idleTimeout().toMillis());

    ServerConnector connector =
        new DrainingConnector(
            server,
            new ResumingInline(server.getThreadPool()),
            ACCEPTORS,
            SELECTORS,
            new HttpConnectionFactory(configuration),
            http2);
    settings.host().ifPresent(connector::setHost);
    connector.setPort(settings.port());
    connector.setIdleTimeout(limits.idleTimeout().toMillis());
    connector.setShutdownIdleTimeout(settings.drain().timeout().toMillis());
    connector.setAcceptQueueSize(limits.acceptQueue());
    connector.setAcceptedTcpNoDelay(true); // A small event must not wait for the one before it.
    return connector;
  }

  private static HttpConfiguration configurationOf(LauncherSettings.Http limits) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(limits.headerBytesMax());
    configuration.setMaxResponseHeaderSize(limits.headerBytesMax());
    // An event is one write and one flush: gathering it first would add a copy, and a buffer of
    // 32 KB that a stream keeps for as long as it is open.
    configuration.setOutputAggregationSize(0);
    configuration.setInputBufferSize(INPUT_BUFFER_BYTES);
    // A model's name may hold a slash and a custom path a percent sign; clients write them encoded.
    configuration.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "ecolink",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
    return configuration;
  }
}
