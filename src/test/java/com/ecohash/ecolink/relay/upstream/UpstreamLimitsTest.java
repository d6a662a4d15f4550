package com.ecohash.ecolink.relay.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.DeafListener;
import com.ecohash.ecolink.testing.FakeContainer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each limit of a call to a container ends it, with the failure that names the limit. */
class UpstreamLimitsTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(600);
  private static final String STREAM =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: a\n\n";

  private final FakeContainer container = FakeContainer.start();

  /** Remembers only how the call ended. */
  private static final class End implements CallListener {
    private final CompletableFuture<String> how = new CompletableFuture<>();
    private final @Nullable Error fault;

    End(@Nullable Error fault) {
      this.fault = fault;
    }

    @Override
    public void onHead(AnswerHead head) {
      if (fault != null) {
        throw fault;
      }
    }

    @Override
    public void onBody(byte[] bytes, int offset, int length) {}

    @Override
    public void onPause() {}

    @Override
    public void onEnd() {
      how.complete("whole");
    }

    @Override
    public void onFailure(Failure failure) {
      how.complete(failure.sentence());
    }

    @Override
    public void onSilence(long silentNanos) {}
  }

  @AfterEach
  void end() {
    container.close();
  }

  private static UpstreamSettings limits(
      Duration connect, Duration firstByte, Duration idle, Duration total, int headBytesMax) {
    return new UpstreamSettings(1, 8, LONG, connect, firstByte, idle, total, headBytesMax);
  }

  private String endUnder(UpstreamSettings limits, InetSocketAddress address) {
    UpstreamRequest request =
        new UpstreamRequest.Builder("POST", "/v1/chat/completions", "container")
            .build(OutgoingBody.EMPTY);
    End end = new End(null);
    try (Upstream upstream = new Upstream(limits)) {
      upstream.send(address, request, true, end);
      await().atMost(Duration.ofSeconds(20)).until(end.how::isDone);
    }
    return end.how.join();
  }

  private String endUnder(UpstreamSettings limits) {
    return endUnder(
        limits, new InetSocketAddress(InetAddress.getLoopbackAddress(), container.port()));
  }

  @Test
  void endsACallWhoseConnectionDoesNotComeAbout() throws IOException {
    try (DeafListener unreachable = DeafListener.on(0)) {
      assertThat(endUnder(limits(SHORT, LONG, LONG, LONG, 65_536), unreachable.address()))
          .isEqualTo("connect_timeout, limit `ecolink.upstream.connect-timeout`");
    }
  }

  @Test
  void endsACallWithoutAFirstByte() {
    container.behave(new Behaviour.Stall());
    assertThat(endUnder(limits(LONG, SHORT, LONG, LONG, 65_536)))
        .isEqualTo("first_byte_timeout, limit `ecolink.upstream.first-byte-timeout`");
  }

  @Test
  void endsAnAnswerThatFallsSilent() {
    container.behave(Behaviour.Raw.thenSilence(STREAM));
    assertThat(endUnder(limits(LONG, LONG, SHORT, LONG, 65_536)))
        .isEqualTo("idle_timeout, limit `ecolink.upstream.idle-timeout`");
  }

  @Test
  void endsAnAnswerThatGoesOnForTooLong() {
    container.behave(Behaviour.Raw.thenSilence(STREAM));
    assertThat(endUnder(limits(LONG, LONG, LONG, SHORT, 65_536)))
        .isEqualTo("total_timeout, limit `ecolink.upstream.total-timeout`");
  }

  /** An {@link Error} too: the loop carries others. */
  @Test
  void goesOnAfterAListenersFault() {
    UpstreamRequest request =
        new UpstreamRequest.Builder("POST", "/v1/chat/completions", "container")
            .build(OutgoingBody.EMPTY);
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), container.port());
    try (Upstream upstream = new Upstream(limits(LONG, LONG, LONG, LONG, 65_536))) {
      End faulty = new End(new StackOverflowError("on purpose"));
      upstream.send(address, request, true, faulty);
      await().atMost(Duration.ofSeconds(20)).until(faulty.how::isDone);
      assertThat(faulty.how.join()).isEqualTo("closed_in_body");

      End other = new End(null);
      upstream.send(address, request, true, other);
      await().atMost(Duration.ofSeconds(20)).until(other.how::isDone);
      assertThat(other.how.join()).isEqualTo("whole");
    }
  }

  @Test
  void refusesAHeadThatIsTooLong() {
    String field = "X: " + "a".repeat(2_000) + "\r\n";
    container.behave(Behaviour.Raw.thenSilence("HTTP/1.1 200 OK\r\n" + field + field));
    assertThat(endUnder(limits(LONG, LONG, LONG, LONG, 1_024)))
        .isEqualTo("head_too_large, limit `ecolink.upstream.head-max`");
    container.behave(Behaviour.Raw.thenSilence("HTTP/1.1 200 OK\r\n" + field + "\r\n"));
    assertThat(endUnder(limits(LONG, LONG, LONG, LONG, 1_024))).startsWith("head_too_large");
  }
}
