package com.ecohash.ecolink.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.testing.GrpcCaller;
import com.ecohash.ecolink.testing.GrpcContainer;
import com.ecohash.ecolink.testing.StreamingContainer;
import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** grpc-java's client and server with the gateway between them (SPEC 2.2). */
@ExtendWith(ArquillianExtension.class)
class GrpcIT {
  @ArquillianResource private URL address;

  private final GrpcContainer west = GrpcContainer.start();
  private final GrpcContainer central = GrpcContainer.start();
  private Tenant tenant;
  private long instance;

  @Deployment(testable = false)
  static WebArchive archive() {
    return RunningGateway.archive();
  }

  @BeforeEach
  void begin() {
    tenant = Tenant.on(RunningGateway.at(address));
    instance = tenant.launchCustom("/", "h2c", west.uri());
  }

  @AfterEach
  void end() {
    west.close();
    central.close();
  }

  private GrpcCaller atRoot() {
    return GrpcCaller.of(RunningGateway.at(address).base(), tenant.key()).forInstance(instance);
  }

  private GrpcCaller withPrefix() {
    return GrpcCaller.of(RunningGateway.at(address).base(), tenant.key()).withPrefix(instance);
  }

  private GrpcCaller caller(String how) {
    return how.equals("prefix") ? withPrefix() : atRoot();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static Status statusOf(Throwable thrown) {
    return ((StatusRuntimeException) thrown).getStatus();
  }

  private static Metadata trailersOf(Throwable thrown) {
    Metadata trailers = ((StatusRuntimeException) thrown).getTrailers();
    return trailers == null ? new Metadata() : trailers;
  }

  // ---- the four kinds of calls ------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"prefix", "root"})
  void carriesAUnaryCall(String how) {
    try (GrpcCaller caller = caller(how)) {
      byte[] message = random(100);
      assertThat(caller.unary("Unary", message)).isEqualTo(message);
      assertThat(caller.unary("Unary", new byte[0])).isEmpty();
    }
    Metadata seen = west.received().get(0);
    assertThat(seen.keys()).doesNotContain("authorization", "x-ecolink-instance", "cookie");
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefix", "root"})
  void carriesAMegabyte(String how) {
    try (GrpcCaller caller = caller(how)) {
      byte[] message = random(1 << 20);
      assertThat(caller.unary("Unary", message)).isEqualTo(message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefix", "root"})
  void carriesAServersStream(String how) {
    try (GrpcCaller caller = caller(how)) {
      byte[] message = random(1 << 20);
      message[0] = 20;
      List<byte[]> answers = caller.serverStream("Repeat", message);
      assertThat(answers).hasSize(20).allMatch(answer -> Arrays.equals(answer, message));
      message[0] = 0;
      assertThat(caller.serverStream("Repeat", message)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefix", "root"})
  void carriesAClientsStream(String how) {
    try (GrpcCaller caller = caller(how)) {
      GrpcCaller.Answers answers = new GrpcCaller.Answers();
      StreamObserver<byte[]> requests = caller.clientStream("Count", answers);
      for (int i = 0; i < 50; i++) {
        requests.onNext(random(20_000));
      }
      requests.onCompleted();
      answers.awaitEnd();
      assertThat(new String(answers.messages().get(0), StandardCharsets.UTF_8)).isEqualTo("50");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefix", "root"})
  void carriesBothStreamsAtOnce(String how) {
    try (GrpcCaller caller = caller(how)) {
      GrpcCaller.Answers answers = new GrpcCaller.Answers();
      StreamObserver<byte[]> requests = caller.bidi("Chat", answers);
      for (int i = 1; i <= 10; i++) {
        requests.onNext(random(i));
        int expected = i; // each is answered before the next is sent
        await().atMost(Duration.ofSeconds(10)).until(() -> answers.messages().size() == expected);
      }
      requests.onCompleted();
      answers.awaitEnd();
      assertThat(answers.messages().get(9)).isEqualTo(random(10));
    }
  }

  // ---- status, trailers, deadlines, cancellation ------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"prefix", "root"})
  void passesStatusAndTrailersOn(String how) {
    try (GrpcCaller caller = caller(how)) {
      assertThatThrownBy(() -> caller.unary("Fail", random(10)))
          .satisfies(
              thrown -> {
                assertThat(statusOf(thrown).getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
                assertThat(statusOf(thrown).getDescription()).isEqualTo("not now: 100 % é");
                assertThat(trailersOf(thrown).get(GrpcContainer.TRAILER))
                    .isEqualTo("what went wrong");
                assertThat(trailersOf(thrown).get(GrpcContainer.BINARY_TRAILER))
                    .containsExactly(0, 1, 2, 0xff);
              });
      assertThatThrownBy(() -> caller.unary("Nothing", random(10)))
          .satisfies(
              thrown ->
                  assertThat(statusOf(thrown).getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
    }
  }

  @Test
  void passesAStatusAfterMessagesOn() {
    try (GrpcCaller caller = atRoot()) {
      GrpcCaller.Answers answers = new GrpcCaller.Answers();
      StreamObserver<byte[]> requests = caller.bidi("Chat", answers);
      requests.onNext(random(10));
      await().atMost(Duration.ofSeconds(10)).until(() -> answers.messages().size() == 1);
      requests.onNext("fail".getBytes(StandardCharsets.UTF_8));
      answers.awaitEnd();
      assertThat(answers.status().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    }
  }

  @Test
  void passesADeadlineOn() {
    try (GrpcCaller caller = atRoot()) {
      assertThatThrownBy(() -> caller.withDeadline(Duration.ofMillis(500)).unary("Wait", random(1)))
          .satisfies(
              thrown ->
                  assertThat(statusOf(thrown).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
    }
    assertThat(west.received().get(0).keys()).contains("grpc-timeout");
    await().atMost(Duration.ofSeconds(5)).until(() -> west.cancelled() == 1);
  }

  @Test
  void endsACallWhoseContainerDies() {
    try (GrpcCaller caller = atRoot()) {
      GrpcCaller.Answers answers = new GrpcCaller.Answers();
      StreamObserver<byte[]> requests = caller.bidi("Chat", answers);
      requests.onNext(random(10));
      await().atMost(Duration.ofSeconds(10)).until(() -> answers.messages().size() == 1);
      west.close();
      answers.awaitEnd();
      assertThat(answers.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  @Test
  void goesToTheNextRegionWhenOneIsGone() {
    instance = tenant.launchCustom("/", "h2c", west.uri(), central.uri());
    west.close();
    try (GrpcCaller caller = atRoot()) {
      for (int i = 0; i < 6; i++) {
        assertThat(caller.unary("Unary", random(10))).isEqualTo(random(10));
      }
    }
    assertThat(central.received()).hasSize(6);
  }

  @Test
  void asksByTheHealthProtocolWhichRegionsServe() {
    west.serving(false);
    try (GrpcCaller caller = atRoot()) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> caller.unary("Unary", random(10)))
                      .satisfies(
                          thrown ->
                              assertThat(statusOf(thrown).getCode())
                                  .isEqualTo(Status.Code.UNAVAILABLE)));
      west.serving(true);
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(caller.unary("Unary", random(10))).hasSize(10));
    }
  }

  @Test
  void leavesARecord() {
    try (GrpcCaller caller = atRoot()) {
      caller.unary("Unary", random(10));
      JsonNode receipt = tenant.receipt(caller.lastRequestId());
      assertThat(receipt.path("ending").asText()).isEqualTo("completed");
      assertThat(receipt.path("cost").asText()).isEqualTo("0.00");
    }
  }

  // ---- the gateway's own words ------------------------------------------------------------------

  @Test
  void saysInGrpcWhatItRefuses() {
    RunningGateway gateway = RunningGateway.at(address);
    assertRefused(
        GrpcCaller.of(gateway.base(), "nothing").forInstance(instance),
        Status.Code.UNAUTHENTICATED);
    assertRefused(
        GrpcCaller.of(gateway.base(), Tenant.on(gateway).key()).forInstance(instance),
        Status.Code.PERMISSION_DENIED);
    assertRefused(
        GrpcCaller.of(gateway.base(), tenant.key()).forInstance(99_999_999), Status.Code.NOT_FOUND);
    assertRefused(
        GrpcCaller.of(gateway.base(), tenant.key()).withPrefix(99_999_999), Status.Code.NOT_FOUND);
  }

  @Test
  void saysInGrpcThatNoRegionAnswers() {
    west.close();
    assertRefused(atRoot(), Status.Code.UNAVAILABLE);
  }

  @Test
  void saysInGrpcWhatLiesOutsideTheCustomApiPath() {
    instance = tenant.launchCustom("/other.Service", "h2c", west.uri());
    assertRefused(atRoot(), Status.Code.NOT_FOUND);
    assertRefused(withPrefix(), Status.Code.NOT_FOUND);
    assertThat(west.received()).isEmpty();
  }

  private static void assertRefused(GrpcCaller caller, Status.Code code) {
    try (caller) {
      assertThatThrownBy(() -> caller.unary("Unary", random(10)))
          .satisfies(
              thrown -> {
                assertThat(statusOf(thrown).getCode()).isEqualTo(code);
                assertThat(statusOf(thrown).getDescription()).isNotBlank();
              });
    }
  }

  /** An address that only begins like a gRPC call's, or comes without a name, is nobody's. */
  @Test
  void leavesTheRootToOthers() {
    RunningGateway gateway = RunningGateway.at(address);
    assertThat(gateway.get("/test.Echo/Unary").statusCode()).isEqualTo(404);
    assertThat(gateway.get("/robots.txt").statusCode()).isEqualTo(200);
    try (StreamingContainer http1 = StreamingContainer.playing(stage -> stage.answer(200, "ok"))) {
      instance = tenant.launchCustom("/", "http/1.1", http1.uri());
      assertThat(
              gateway
                  .send(
                      tenant
                          .authorized("/test.Echo/Unary")
                          .header("x-ecolink-instance", Long.toString(instance))
                          .build())
                  .statusCode())
          .isEqualTo(404);
      assertThat(http1.received()).isEmpty();
    }
  }
}
