package com.ecohash.ecolink.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.Stage;
import com.ecohash.ecolink.testing.StreamingContainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of open exchanges when the gateway is told to stop (SPEC 7). */
class DrainIT {
  /** Longer than Jetty lets a connection rest at a shutdown by itself. */
  private static final Duration PAUSE = Duration.ofMillis(1800);

  @TempDir Path dataDir;

  private GatewayProcess gatewayWith(String drainTimeout) {
    return GatewayProcess.start(
        dataDir,
        Map.of("ecolink.drain.timeout", drainTimeout, "ecolink.upstream.idle-timeout", "60s"));
  }

  private static void echo(Stage stage) throws IOException {
    stage.begin("Content-Type: application/octet-stream\r\n");
    for (byte[] piece = stage.body().next(); piece.length > 0; piece = stage.body().next()) {
      stage.chunk(piece);
    }
    stage.end("");
  }

  /** An exchange both of whose bodies are still open. */
  private static final class OpenExchange implements AutoCloseable {
    private final Socket socket;
    private final OutputStream out;
    private final BufferedReader in;
    private String requestId = "";

    OpenExchange(URI gateway, String key, long instance) throws IOException {
      socket = new Socket(gateway.getHost(), gateway.getPort());
      socket.setSoTimeout(20_000);
      out = socket.getOutputStream();
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      write(
          "POST /inference-instances/%d/proxy/x HTTP/1.1\r\nHost: gateway\r\n".formatted(instance)
              + "Authorization: Bearer "
              + key
              + "\r\nTransfer-Encoding: chunked\r\n\r\n");
      assertThat(in.readLine()).startsWith("HTTP/1.1 200");
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        if (line.toLowerCase(Locale.ROOT).startsWith("x-ecolink-request-id:")) {
          requestId = line.substring(line.indexOf(':') + 1).trim();
        }
      }
    }

    void write(String text) throws IOException {
      out.write(text.getBytes(UTF_8));
      out.flush();
    }

    /** The rest of the answer, framing and all, to the connection's end. */
    String rest() throws IOException {
      StringBuilder rest = new StringBuilder();
      try {
        for (int c = in.read(); c >= 0; c = in.read()) {
          rest.append((char) c);
        }
      } catch (java.net.SocketException e) {
        return rest.toString(); // torn down
      }
      return rest.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static void awaitDrainOf(GatewayProcess process) {
    process.handle().destroy();
    await().atMost(Duration.ofSeconds(10)).until(() -> process.output().contains("Draining"));
  }

  @Test
  void letsAnUploadThatPausesComeToItsEnd() throws IOException {
    try (StreamingContainer container = StreamingContainer.playing(DrainIT::echo);
        GatewayProcess process = gatewayWith("20s")) {
      Tenant tenant = Tenant.on(process.gateway());
      long instance = tenant.launchCustom("/", "http/1.1", container.uri());
      try (OpenExchange exchange =
          new OpenExchange(process.gateway().base(), tenant.key(), instance)) {
        awaitDrainOf(process);
        await()
            .during(PAUSE)
            .atMost(PAUSE.plusSeconds(5))
            .until(() -> process.handle().isAlive() && container.abandoned() == 0);

        exchange.write("5\r\nhello\r\n0\r\n\r\n");

        assertThat(exchange.rest()).contains("hello").endsWith("0\r\n\r\n");
        await("the end does not wait for connections that are merely kept alive")
            .atMost(Duration.ofSeconds(10))
            .until(() -> !process.handle().isAlive());
        assertThat(process.output()).contains("Stopped.").doesNotContain("still open");
      }
    }
  }

  @Test
  void cutsWhatGoesOnForLongerAndKeepsItsRecord() throws IOException {
    try (StreamingContainer container = StreamingContainer.playing(DrainIT::echo)) {
      Tenant tenant;
      String requestId;
      try (GatewayProcess process = gatewayWith("2s")) {
        tenant = Tenant.on(process.gateway());
        long instance = tenant.launchCustom("/", "http/1.1", container.uri());
        try (OpenExchange exchange =
            new OpenExchange(process.gateway().base(), tenant.key(), instance)) {
          requestId = exchange.requestId;
          exchange.write("5\r\nhello\r\n");
          awaitDrainOf(process);

          assertThat(exchange.rest()).contains("hello").doesNotContain("\r\n0\r\n");
          await().atMost(Duration.ofSeconds(20)).until(() -> !process.handle().isAlive());
        }
      }
      try (GatewayProcess again = gatewayWith("2s")) {
        String id = requestId;
        var receipt =
            await()
                .atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> tenant.at(again.gateway()).receipt(id), found -> found != null);
        assertThat(receipt.path("ending").asText()).isNotEqualTo("completed");
        assertThat(receipt.path("cost").asText()).isEqualTo("0.00");
      }
    }
  }
}
