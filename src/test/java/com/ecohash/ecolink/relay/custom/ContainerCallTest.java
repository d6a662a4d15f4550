package com.ecohash.ecolink.relay.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.relay.Addresses;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.CallListener;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.relay.upstream.UpstreamSettings;
import com.ecohash.ecolink.testing.FramedContainer;
import com.ecohash.ecolink.testing.FramedContainer.Deed;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a call over HTTP/2 says of its end when the container does not answer it. */
class ContainerCallTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final FramedContainer container = FramedContainer.start();
  private final ContainerClients clients =
      ContainerClients.start(
          new CustomSettings(
              new UpstreamSettings(1, 8, LONG, LONG, LONG, LONG, LONG, 64 * 1024), 1, 8, 1 << 20),
          new Addresses(InetAddress::getByName, Runnable::run, LONG, 10));

  /** Remembers only how the call ended. */
  private static final class End implements CallListener {
    private final CompletableFuture<String> how = new CompletableFuture<>();

    @Override
    public void onHead(AnswerHead head) {}

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

    String await() {
      org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(20)).until(how::isDone);
      return how.join();
    }
  }

  @AfterEach
  void end() {
    clients.close();
    container.close();
  }

  private End call() {
    End end = new End();
    new ContainerCall(clients.newProbe(container.uri()).path("/x"), end, over -> {}).send();
    return end;
  }

  @Test
  void knowsThatARefusedStreamWasNotProcessed() {
    container.next(Deed.REFUSE_STREAM);
    assertThat(call().await()).isEqualTo("refused_stream");
    assertThat(call().await()).isEqualTo("whole");
  }

  @Test
  void knowsThatAStreamAboveTheLastServedOneWasNotProcessed() {
    container.next(Deed.GO_AWAY);
    assertThat(call().await()).isEqualTo("refused_stream");
    assertThat(call().await()).isEqualTo("whole");
  }

  @Test
  void takesAReusedConnectionThatDiesForStale() {
    container.next(Deed.ANSWER, Deed.HANG_UP);
    assertThat(call().await()).isEqualTo("whole");
    assertThat(call().await()).isEqualTo("stale_connection");
    assertThat(call().await()).isEqualTo("whole");
  }

  @Test
  void takesAFreshConnectionThatDiesForTheContainersFault() {
    container.next(Deed.HANG_UP);
    assertThat(call().await()).isEqualTo("closed_before_head");
  }

  @Test
  void namesTheLimitThatCallsUnderWayAreOver() {
    container.next(Deed.SAY_NOTHING);
    call();
    await().until(() -> container.received().size() == 1);
    call(); // waits for the one stream that there is
    assertThat(call().await()).isEqualTo("overloaded, limit `ecolink.custom.connections`");
  }
}
