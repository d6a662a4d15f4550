package com.ecohash.ecolink.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.ecohash.ecolink.launcher.ServerUnderTest.Client;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadLingerTest {
  private static final int MEGABYTE = 1 << 20;
  private static final String REFUSAL = "\"code\":\"request_too_large\"}}";

  /** Refuses without reading, as the application does when a key is wrong or a body too large. */
  private static final class Refuse extends Handler.Abstract {
    private final boolean demanding;

    Refuse(boolean demanding) {
      this.demanding = demanding;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      if (demanding) {
        while (request.read() != null) {
          continue;
        }
        request.demand(() -> {});
      }
      request.consumeAvailable();
      Response.writeError(request, response, callback, 413);
      return true;
    }
  }

  private static ServerUnderTest server(boolean demanding, Duration limit) throws Exception {
    return new ServerUnderTest(new UploadLinger(new Refuse(demanding), limit));
  }

  private static String upload(Client client, int megabytes) throws IOException {
    client.send(
        "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: "
            + (long) megabytes * MEGABYTE
            + "\r\n\r\n");
    OutputStream out = client.socket().getOutputStream();
    byte[] content = new byte[MEGABYTE];
    for (int i = 0; i < megabytes; i++) {
      out.write(content);
    }
    return client.readAll();
  }

  @Test
  void aClientThatSendsEverythingFirstStillReadsTheRefusal() throws Exception {
    try (ServerUnderTest server = server(false, Duration.ofSeconds(30));
        Client client = server.connect()) {
      assertThat(upload(client, 120))
          .startsWith("HTTP/1.1 413")
          .contains("Connection: close")
          .endsWith(REFUSAL);
    }
  }

  @Test
  void aDemandThatTheApplicationLeftPendingIsTakenOver() throws Exception {
    try (ServerUnderTest server = server(true, Duration.ofSeconds(30));
        Client client = server.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234");
      assertThat(client.readTo(REFUSAL)).startsWith("HTTP/1.1 413").contains("Connection: close");
      client.send("\r\n0\r\n\r\n");
      assertThat(client.readAll()).isEmpty();
    }
  }

  /** As the JDK's own client sends them: the head first, the body in a packet of its own. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSmallBodyThatComesAfterTheRefusalCostsNoConnection(boolean demanding) throws Exception {
    try (ServerUnderTest server = server(demanding, Duration.ofSeconds(30));
        Client client = server.connect()) {
      for (int i = 0; i < 3; i++) {
        client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 20\r\n\r\n");
        assertThat(client.readTo(REFUSAL))
            .startsWith("HTTP/1.1 413")
            .doesNotContain("Connection: close");
        client.send("0123456789");
        client.send("0123456789");
      }
    }
  }

  @Test
  void aSenderThatDoesNotStopIsCutOff() throws Exception {
    try (ServerUnderTest server = server(false, Duration.ofMillis(100));
        Client client = server.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
      assertThat(client.readAll()).endsWith(REFUSAL);
      assertThatExceptionOfType(SocketException.class).isThrownBy(() -> sendWithoutEnd(client));
    }
  }

  private static void sendWithoutEnd(Client client) throws IOException {
    for (int i = 0; i < 1_000_000; i++) {
      client.send("400\r\n" + "x".repeat(1024) + "\r\n");
    }
  }

  @Test
  void aClientThatWaitsForPermissionToSendIsNotWaitedFor() throws Exception {
    try (ServerUnderTest server = server(false, Duration.ofSeconds(30));
        Client client = server.connect()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n");
      assertThat(client.readAll()).startsWith("HTTP/1.1 413").endsWith(REFUSAL);
    }
  }

  @Test
  void aSmallBodyThatHasArrivedCostsNoConnection() throws Exception {
    try (ServerUnderTest server = server(false, Duration.ofSeconds(30));
        Client client = server.connect()) {
      for (int i = 0; i < 2; i++) {
        client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\nbody");
        assertThat(client.readTo(REFUSAL)).doesNotContain("Connection: close");
      }
    }
  }
}
