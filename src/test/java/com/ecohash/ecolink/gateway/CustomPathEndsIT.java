package com.ecohash.ecolink.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.GrpcCaller;
import com.ecohash.ecolink.testing.GrpcContainer;
import com.ecohash.ecolink.testing.Stage;
import com.ecohash.ecolink.testing.StreamingContainer;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ends on the custom path that only Jetty sees at once, and limits that need their own process. */
class CustomPathEndsIT {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static GatewayProcess process;
  private static Tenant tenant;

  @BeforeAll
  static void begin() {
    process =
        GatewayProcess.start(
            Map.of(
                "ecolink.upstream.first-byte-timeout", "60s",
                "ecolink.upstream.idle-timeout", "2s",
                "ecolink.limits.custom-body", "1MB"));
    tenant = Tenant.on(process.gateway());
  }

  @AfterAll
  static void end() {
    process.close();
  }

  private static StreamingContainer playing(StreamingContainer.Script script) {
    return StreamingContainer.playing(script);
  }

  private static String pathOf(StreamingContainer container) {
    long id = tenant.launchCustom("/", "http/1.1", container.uri());
    return "/inference-instances/" + id + "/proxy/x";
  }

  private static Socket send(String method, String path, String rest) throws IOException {
    Socket client =
        new Socket(process.gateway().base().getHost(), process.gateway().base().getPort());
    client
        .getOutputStream()
        .write(
            (method
                    + " "
                    + path
                    + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
                    + tenant.key()
                    + "\r\n"
                    + rest)
                .getBytes(ISO_8859_1));
    return client;
  }

  private static void awaitReached(StreamingContainer container) {
    await().until(() -> container.received().size() == 1);
  }

  private static void awaitEnding(String ending) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                Records.of(process.gateway(), tenant).values().stream()
                    .anyMatch(record -> record.path("ending").asText().equals(ending)));
  }

  // ---- the client leaves ------------------------------------------------------------------------

  @Test
  void cancelsBeforeTheAnswer() throws IOException {
    try (StreamingContainer container = playing(Stage::awaitEnd)) {
      Socket client = send("GET", pathOf(container), "\r\n");
      awaitReached(container);
      client.close();
      await().atMost(SECOND).until(() -> container.abandoned() == 1);
      awaitEnding("client_gone");
    }
  }

  @Test
  void cancelsWithinTheAnswerWhileTheContainerIsSilent() throws IOException {
    StreamingContainer.Script script =
        stage -> {
          stage.begin("").chunk("hello".getBytes(UTF_8));
          stage.awaitEnd();
        };
    try (StreamingContainer container = playing(script)) {
      Socket client = send("GET", pathOf(container), "\r\n");
      assertThat(client.getInputStream().read()).isEqualTo('H');
      client.close();
      await().atMost(SECOND).until(() -> container.abandoned() == 1);
    }
  }

  @Test
  void cancelsWithinTheRequest() throws IOException {
    try (StreamingContainer container = playing(stage -> stage.body().skip())) {
      Socket client = send("POST", pathOf(container), "Content-Length: 100\r\n\r\nhello");
      awaitReached(container);
      client.close();
      await().atMost(SECOND).until(() -> container.abandoned() == 1);
    }
  }

  @Test
  void cancelsAGrpcCall() {
    try (GrpcContainer container = GrpcContainer.start();
        GrpcCaller caller =
            GrpcCaller.of(process.gateway().base(), tenant.key())
                .forInstance(tenant.launchCustom("/", "h2c", container.uri()))) {
      GrpcCaller.Answers answers = new GrpcCaller.Answers();
      StreamObserver<byte[]> requests = caller.bidi("Chat", answers);
      requests.onNext(new byte[10]);
      await().until(() -> answers.messages().size() == 1);

      ((ClientCallStreamObserver<byte[]>) requests).cancel("enough", null);

      await().atMost(SECOND).until(() -> container.cancelled() == 1);
      assertThat(answers.status().getCode()).isEqualTo(Status.Code.CANCELLED);
    }
  }

  // ---- silence ----------------------------------------------------------------------------------

  @Test
  void endsAnAnswerThatFallsSilent() throws IOException {
    StreamingContainer.Script script =
        stage -> {
          stage.begin("").chunk("hello".getBytes(UTF_8));
          stage.awaitEnd();
        };
    try (StreamingContainer container = playing(script);
        Socket client = send("GET", pathOf(container), "\r\n")) {
      assertThat(new String(readUntilCut(client), ISO_8859_1))
          .contains("hello")
          .doesNotContain("\r\n0\r\n");
      await().until(() -> container.abandoned() == 1);
      awaitEnding("timeout");
    }
  }

  /** Traffic in either direction counts: here the client speaks, and the container listens. */
  @Test
  void doesNotCallASilenceWhatIsARequest() throws IOException {
    AtomicLong bytes = new AtomicLong();
    StreamingContainer.Script script =
        stage -> {
          stage.begin("");
          bytes.set(stage.body().skip());
          stage.end("");
        };
    try (StreamingContainer container = playing(script);
        Socket client = send("POST", pathOf(container), "Transfer-Encoding: chunked\r\n\r\n")) {
      assertThat(client.getInputStream().read()).isEqualTo('H');
      long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
      await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                client.getOutputStream().write("1\r\na\r\n".getBytes(ISO_8859_1));
                return System.nanoTime() > until;
              });
      client.getOutputStream().write("0\r\n\r\n".getBytes(ISO_8859_1));
      await().until(() -> bytes.get() >= 10);
    }
  }

  @Test
  void endsAGrpcCallThatFallsSilent() {
    try (GrpcContainer container = GrpcContainer.start();
        GrpcCaller caller =
            GrpcCaller.of(process.gateway().base(), tenant.key())
                .forInstance(tenant.launchCustom("/", "h2c", container.uri()))) {
      GrpcCaller.Answers answers = new GrpcCaller.Answers();
      StreamObserver<byte[]> requests = caller.bidi("Chat", answers);
      requests.onNext(new byte[10]);
      assertThat(answers.status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      await().until(() -> container.cancelled() == 1);
    }
  }

  // ---- the limit on bodies ----------------------------------------------------------------------

  @Test
  void refusesABodyOverTheLimit() throws IOException {
    try (StreamingContainer container = playing(stage -> stage.body().skip())) {
      String path = pathOf(container);
      HttpResponse<String> announced =
          process
              .gateway()
              .send(
                  tenant
                      .authorized(path)
                      .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[2 << 20]))
                      .build());
      assertThat(announced.statusCode()).isEqualTo(413);
      assertThat(announced.body()).contains("ecolink.limits.custom-body");
      assertThat(container.received()).isEmpty();

      HttpResponse<String> streamed =
          process
              .gateway()
              .send(
                  tenant
                      .authorized(path)
                      .POST(
                          HttpRequest.BodyPublishers.ofInputStream(
                              () -> new ByteArrayInputStream(new byte[2 << 20])))
                      .build());
      assertThat(streamed.statusCode()).isEqualTo(413);
      await().until(() -> container.abandoned() == 1);
    }
  }

  private static byte[] readUntilCut(Socket client) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      client.getInputStream().transferTo(bytes);
    } catch (SocketException e) {
      return bytes.toByteArray();
    }
    return bytes.toByteArray();
  }
}
