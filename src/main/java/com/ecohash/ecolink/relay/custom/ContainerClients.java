package com.ecohash.ecolink.relay.custom;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.relay.Addresses;
import com.ecohash.ecolink.relay.ForwardedRequest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.MultiplexConnectionPool;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Jetty's HTTP client, once for each protocol that containers speak, without anything that would
 * change what passes: no redirects, cookies, decoding, authentication, no header of its own, no
 * timeout but those of {@link ContainerCall}.
 */
public final class ContainerClients implements AutoCloseable {
  /** Connections apart from the others: each is used once. */
  private static final String FRESH = "fresh";

  /** Connections apart from the others: what a health check does must not touch an exchange's. */
  private static final String PROBES = "probes";

  /** What a container may send of one answer before the client has taken the bytes before it. */
  private static final int STREAM_WINDOW_BYTES = 256 * 1024;

  /** How many streams a container is expected to allow, until it says so itself. */
  private static final int STREAMS_EXPECTED = 100;

  private static final int READ_BYTES = 16 * 1024;
  private static final int REQUEST_HEAD_BYTES_MAX = 2 << 20;
  private static final long IDLE_ENDPOINT_MILLIS = 600_000;

  private final QueuedThreadPool threads;
  private final Scheduler scheduler;
  private final HttpClient http1;
  private final HttpClient http2;

  private ContainerClients(CustomSettings settings, Addresses addresses) {
    threads = new QueuedThreadPool(settings.threads(), Math.min(settings.threads(), 2));
    threads.setName("ecolink-custom");
    threads.setDaemon(true);
    scheduler = new ScheduledExecutorScheduler("ecolink-custom-timer", true);
    http1 = new HttpClient(new HttpClientTransportOverHTTP(connector(settings)));
    http1.setIdleTimeout(settings.upstream().keepAlive().toMillis());
    // Jetty 12.1.12 clears a buffer that it has given back when a connection dies within the call
    // that released it to the next request; another exchange may have got that buffer by then. So
    // none is ever given to a second one.
    http1.setByteBufferPool(ByteBufferPool.NON_POOLING);
    http1.setUseOutputDirectByteBuffers(false);
    http2 = new HttpClient(http2Transport(settings));
    // A session that is idle is ended with all its streams, so not before the last of them can be.
    http2.setIdleTimeout(settings.upstream().totalTimeout().plusMinutes(1).toMillis());
    configure(http1, settings, addresses);
    configure(http2, settings, addresses);
  }

  /** Starts threads; ended by {@link #close()}. */
  public static ContainerClients start(CustomSettings settings, Addresses addresses) {
    ContainerClients clients = new ContainerClients(settings, addresses);
    try {
      clients.threads.start();
      clients.scheduler.start();
      start(clients.http1);
      start(clients.http2);
      return clients;
    } catch (Exception e) {
      clients.close();
      throw new IllegalStateException("the client of the custom path does not start", e);
    }
  }

  private static ClientConnector connector(CustomSettings settings) {
    ClientConnector connector = new ClientConnector();
    connector.setSelectors(settings.upstream().loops());
    return connector;
  }

  private static HttpClientTransportOverHTTP2 http2Transport(CustomSettings settings) {
    HTTP2Client client = new HTTP2Client(connector(settings));
    client.setInitialStreamRecvWindow(STREAM_WINDOW_BYTES);
    // Many clients share a connection: those that are slow must not use up what the others need.
    client.setInitialSessionRecvWindow(Integer.MAX_VALUE);
    client.setMaxConcurrentPushedStreams(0);
    HttpClientTransportOverHTTP2 transport = new HttpClientTransportOverHTTP2(client);
    transport.setConnectionPoolFactory(
        endpoint ->
            new MultiplexConnectionPool(endpoint, settings.connectionsMax(), STREAMS_EXPECTED));
    return transport;
  }

  private void configure(HttpClient client, CustomSettings settings, Addresses addresses) {
    client.setExecutor(threads);
    client.setScheduler(scheduler);
    client.setSocketAddressResolver(resolver(addresses));
    client.setConnectTimeout(settings.upstream().connectTimeout().toMillis());
    client.setMaxConnectionsPerDestination(settings.connectionsMax());
    client.setMaxRequestsQueuedPerDestination(settings.connectionsMax());
    client.setDestinationIdleTimeout(IDLE_ENDPOINT_MILLIS);
    client.setMaxResponseHeadersSize(settings.upstream().headBytesMax());
    client.setMaxRequestHeadersSize(REQUEST_HEAD_BYTES_MAX);
    client.setResponseBufferSize(READ_BYTES);
    client.setUseInputDirectByteBuffers(false); // what is read goes into a servlet's byte[]
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(null);
    client.setDefaultRequestContentType(null);
  }

  /** What a client adds by itself, it adds as it starts. */
  private static void start(HttpClient client) throws Exception {
    client.start();
    client.getContentDecoderFactories().clear();
    client.getProtocolHandlers().clear();
  }

  private static SocketAddressResolver resolver(Addresses addresses) {
    return (host, port, context, found) ->
        addresses.of(host, port).whenComplete((address, failure) -> tell(found, address, failure));
  }

  private static void tell(
      Promise<List<InetSocketAddress>> found, InetSocketAddress address, Throwable failure) {
    if (failure == null) {
      found.succeeded(List.of(address));
    } else {
      found.failed(failure);
    }
  }

  /**
   * A request as it goes to a container.
   *
   * @param traceparent instead of the client's; empty to pass that on
   * @param fresh true for a connection that carries no other request
   */
  Request newRequest(
      Instance instance,
      URI endpoint,
      ForwardedRequest forwarded,
      Optional<String> traceparent,
      boolean fresh) {
    boolean h2c = instance.protocol() == Protocol.H2C;
    Request request =
        to(h2c ? http2 : http1, endpoint)
            .method(forwarded.method())
            .path(forwarded.target(endpoint));
    request.headers(fields -> forwarded.forEachField(instance, traceparent, fields::add));
    if (fresh && !h2c) {
      request.tag(FRESH).headers(fields -> fields.put("Connection", "close"));
    }
    return request;
  }

  /** A health check over HTTP/2, to be completed by the caller. */
  Request newProbe(URI endpoint) {
    return to(http2, endpoint).tag(PROBES);
  }

  private static Request to(HttpClient client, URI endpoint) {
    return client
        .newRequest(endpoint.getHost(), endpoint.getPort() < 0 ? 80 : endpoint.getPort())
        .scheme("http")
        .idleTimeout(0, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    LifeCycle.stop(http1);
    LifeCycle.stop(http2);
    LifeCycle.stop(scheduler);
    LifeCycle.stop(threads);
  }
}
