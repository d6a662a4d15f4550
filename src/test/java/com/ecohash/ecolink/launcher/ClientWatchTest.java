package com.ecohash.ecolink.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import com.ecohash.ecolink.launcher.ServerUnderTest.Client;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientWatchTest {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: test\r\n\r\n";
  private static final Duration SOON = Duration.ofSeconds(5);

  private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
  private ServerUnderTest server;

  /** An exchange that the server holds open, writing nothing. */
  private record Exchange(Request request, Response response, Callback callback) {
    @SuppressWarnings("unchecked")
    AutoCloseable watch(Runnable gone) {
      Object watch = request.getAttribute(ClientWatch.ATTRIBUTE);
      return ((Function<Runnable, AutoCloseable>) watch).apply(gone);
    }

    void answer() {
      response.write(true, ByteBuffer.wrap("done".getBytes(StandardCharsets.UTF_8)), callback);
    }
  }

  @BeforeEach
  void start() throws Exception {
    server =
        new ServerUnderTest(
            new ClientWatch(
                new Handler.Abstract() {
                  @Override
                  public boolean handle(Request request, Response response, Callback callback) {
                    return exchanges.add(new Exchange(request, response, callback));
                  }
                }));
  }

  @AfterEach
  void stop() throws Exception {
    exchanges.forEach(Exchange::answer);
    server.close();
  }

  private Exchange next() throws InterruptedException {
    Exchange exchange = exchanges.poll(5, TimeUnit.SECONDS);
    assertThat(exchange).isNotNull();
    return exchange;
  }

  @Test
  void tellsOnceThatTheClientClosed() throws Exception {
    AtomicInteger gone = new AtomicInteger();
    try (Client client = server.connect()) {
      client.send(REQUEST);
      next().watch(gone::incrementAndGet);
    }

    await().atMost(SOON).untilAtomic(gone, is(1));
    aWatchOfAnotherClientFires();
    assertThat(gone).hasValue(1);
  }

  @Test
  void tellsThatTheConnectionWasReset() throws Exception {
    AtomicInteger gone = new AtomicInteger();
    try (Client client = server.connect()) {
      client.send(REQUEST);
      next().watch(gone::incrementAndGet);
      client.socket().setSoLinger(true, 0);
    }

    await().atMost(SOON).untilAtomic(gone, is(1));
  }

  @Test
  void tellsThatTheClientHadGoneBeforeTheWatchBegan() throws Exception {
    AtomicInteger gone = new AtomicInteger();
    try (Client client = server.connect()) {
      client.send(REQUEST);
    }

    next().watch(gone::incrementAndGet);

    await().atMost(SOON).untilAtomic(gone, is(1));
  }

  @Test
  void takesThePipelinedNextRequestForALivingClient() throws Exception {
    AtomicInteger gone = new AtomicInteger();
    try (Client client = server.connect()) {
      client.send(REQUEST);
      Exchange first = next();
      first.watch(gone::incrementAndGet);
      client.send(REQUEST);
      aWatchOfAnotherClientFires();
      assertThat(gone).hasValue(0);

      first.answer();
      next().answer();
      assertThat(client.readTo("done")).startsWith("HTTP/1.1 200");
      assertThat(client.readTo("done")).startsWith("HTTP/1.1 200");
    }
    assertThat(gone).hasValue(0);
  }

  @Test
  void saysNothingAfterTheWatchIsClosed() throws Exception {
    AtomicInteger gone = new AtomicInteger();
    try (Client client = server.connect()) {
      client.send(REQUEST);
      next().watch(gone::incrementAndGet).close();
    }

    aWatchOfAnotherClientFires();
    assertThat(gone).hasValue(0);
  }

  @Test
  void watchesTheNextExchangeOfTheSameConnection() throws Exception {
    AtomicInteger firstGone = new AtomicInteger();
    AtomicInteger secondGone = new AtomicInteger();
    try (Client client = server.connect()) {
      client.send(REQUEST);
      Exchange first = next();
      AutoCloseable firstWatch = first.watch(firstGone::incrementAndGet);
      first.answer();
      client.readTo("done");
      client.send(REQUEST);
      next().watch(secondGone::incrementAndGet);
      firstWatch.close(); // Late, and it must not close the newer one.
    }

    await().atMost(SOON).untilAtomic(secondGone, is(1));
    assertThat(firstGone).hasValue(0);
  }

  /** Whatever the watcher had to say about earlier sockets, it has said by then. */
  private void aWatchOfAnotherClientFires() throws Exception {
    AtomicInteger gone = new AtomicInteger();
    try (Client other = server.connect()) {
      other.send(REQUEST);
      next().watch(gone::incrementAndGet);
    }
    await().atMost(SOON).untilAtomic(gone, is(1));
  }
}
