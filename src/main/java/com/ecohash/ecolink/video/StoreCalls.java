package com.ecohash.ecolink.video;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Calls of the store on threads of their own. Whoever waits for one does so for a bounded time,
 * however long the database takes to say that it is away, and however many wait.
 */
public final class StoreCalls {
  private final Executor threads;
  private final Duration waitMax;

  /**
   * @param threads few, and with a bounded queue: what does not fit fails
   * @param waitMax a call that has not ended by then has failed for those who wait
   */
  public StoreCalls(Executor threads, Duration waitMax) {
    this.threads = threads;
    this.waitMax = waitMax;
  }

  /** A call whose time was up before it began is not made; one that has begun may yet succeed. */
  <T> CompletableFuture<T> ask(Supplier<T> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      threads.execute(() -> answer(call, answer));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(e);
    }
    return answer.orTimeout(waitMax.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static <T> void answer(Supplier<T> call, CompletableFuture<T> answer) {
    if (answer.isDone()) {
      return;
    }
    try {
      answer.complete(call.get());
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
    }
  }
}
