package com.ecohash.ecolink.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.InstanceState;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.relay.upstream.Upstream;
import com.ecohash.ecolink.relay.upstream.UpstreamSettings;
import com.ecohash.ecolink.routing.ProbeResult;
import com.ecohash.ecolink.routing.TestingInstances;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpHealthProbeTest {
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Upstream upstream =
      new Upstream(
          new UpstreamSettings(
              1,
              8,
              Duration.ofSeconds(60),
              Duration.ofSeconds(5),
              Duration.ofSeconds(20),
              Duration.ofSeconds(20),
              Duration.ofSeconds(20),
              65_536));
  private final HttpHealthProbe probe =
      new HttpHealthProbe(
          upstream, new Addresses(InetAddress::getByName, executor, Duration.ofSeconds(30), 10));
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    upstream.close();
    executor.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 299})
  void aStatusInTheTwoHundredsIsUp(int status) throws Exception {
    answering(status);

    assertThat(check("/health")).isEqualTo(ProbeResult.up("HTTP " + status));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 401, 404, 500, 503})
  void anyOtherStatusIsDown(int status) throws Exception {
    answering(status);

    assertThat(check("/health")).isEqualTo(ProbeResult.down("HTTP " + status));
  }

  @Test
  void doesNotFollowARedirect() throws Exception {
    server.createContext(
        "/health",
        exchange -> {
          seen.add(exchange.getRequestURI().toString());
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          respond(exchange, 302);
        });

    assertThat(check("/health").up()).isFalse();
    assertThat(seen).containsExactly("/health");
  }

  @Test
  void asksBelowTheEndpointsPrefixWithTheContainersOwnKey() throws Exception {
    server.createContext(
        "/",
        exchange -> {
          seen.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          respond(exchange, 200);
        });

    check(url("/prefix/"), Optional.of("/health?deep=1"), Optional.of("sk-container"));
    check(url(""), Optional.of("/health"), Optional.empty());

    assertThat(seen)
        .containsExactly("GET /prefix/health?deep=1 Bearer sk-container", "GET /health null");
  }

  @Test
  void aBodyWithoutEndIsBrokenOff() throws Exception {
    CompletableFuture<Boolean> brokenOff = new CompletableFuture<>();
    server.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (var body = exchange.getResponseBody()) {
            for (long i = 0; i < 1_000_000; i++) {
              body.write(new byte[8_192]);
            }
            brokenOff.complete(false);
          } catch (IOException e) {
            brokenOff.complete(true);
          }
        });

    assertThat(check("/health").up()).isTrue();
    assertThat(brokenOff.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aCancelledCheckClosesItsConnection() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI endpoint = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      CompletableFuture<ProbeResult> check =
          probe
              .check(instance(Optional.of("/health"), Optional.empty()), at(endpoint))
              .toCompletableFuture();
      try (Socket accepted = silent.accept()) {
        assertThat(accepted.getInputStream().readNBytes(11)).asString().isEqualTo("GET /health");
        check.cancel(true);
        accepted.getInputStream().readAllBytes(); // returns at the connection's end
      }
    }
  }

  @Test
  void nobodyListeningIsDown() throws Exception {
    URI endpoint = url("");
    server.stop(0);

    assertThat(check(endpoint, Optional.of("/health"), Optional.empty()))
        .isEqualTo(ProbeResult.down("no connection"));
    assertThat(check(endpoint, Optional.empty(), Optional.empty()))
        .isEqualTo(ProbeResult.down("no connection"));
  }

  @Test
  void withoutAHealthPathATcpConnectionIsEnough() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI endpoint = URI.create("http://127.0.0.1:" + silent.getLocalPort());

      assertThat(check(endpoint, Optional.empty(), Optional.empty()))
          .isEqualTo(ProbeResult.up("TCP connection"));
      try (Socket accepted = silent.accept()) {
        assertThat(accepted.getInputStream().readAllBytes()).isEmpty();
      }
    }
  }

  @Test
  void anAnswerThatIsNoHttpIsDown() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI endpoint = URI.create("http://127.0.0.1:" + other.getLocalPort());
      CompletableFuture<ProbeResult> check =
          probe
              .check(instance(Optional.of("/health"), Optional.empty()), at(endpoint))
              .toCompletableFuture();
      try (Socket accepted = other.accept()) {
        accepted
            .getOutputStream()
            .write("220 smtp.example ESMTP\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        accepted.getOutputStream().flush();
        assertThat(check.get(20, TimeUnit.SECONDS)).isEqualTo(ProbeResult.down("no HTTP answer"));
      }
    }
  }

  @Test
  void aHealthPathThatIsNoPathIsDown() throws Exception {
    assertThat(check("/he alth"))
        .isEqualTo(ProbeResult.down("the health path or the key cannot be sent"));
  }

  private void answering(int status) {
    server.createContext("/health", exchange -> respond(exchange, status));
  }

  private static void respond(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private URI url(String prefix) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + prefix);
  }

  private ProbeResult check(String healthPath) throws Exception {
    return check(url(""), Optional.of(healthPath), Optional.empty());
  }

  private ProbeResult check(URI endpoint, Optional<String> healthPath, Optional<String> key)
      throws Exception {
    return probe
        .check(instance(healthPath, key), at(endpoint))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private static Replica at(URI endpoint) {
    return TestingInstances.replica(1, "us-west", endpoint, false);
  }

  private static Instance instance(Optional<String> healthPath, Optional<String> key) {
    return TestingInstances.of(InstanceState.RUNNING, healthPath, key);
  }
}
