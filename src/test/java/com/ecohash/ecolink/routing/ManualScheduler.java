package com.ecohash.ecolink.routing;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks on the caller's thread when its time is moved past them, in the order of their times
 * and, at the same time, of their submission: a discrete-event simulation's queue.
 */
public final class ManualScheduler extends AbstractExecutorService
    implements ScheduledExecutorService {
  private final ManualTime time;
  private final PriorityQueue<Task<?>> tasks =
      new PriorityQueue<>(
          Comparator.<Task<?>>comparingLong(task -> task.atNanos)
              .thenComparingLong(task -> task.number));
  private long scheduled;

  public ManualScheduler(ManualTime time) {
    this.time = time;
  }

  public void runFor(Duration length) {
    runUntil(time.nanos() + length.toNanos());
  }

  public void runUntil(long endNanos) {
    while (!tasks.isEmpty() && tasks.peek().atNanos <= endNanos) {
      Task<?> task = tasks.remove();
      time.moveTo(task.atNanos);
      task.run();
      task.rethrow();
    }
    time.moveTo(endNanos);
  }

  /** Tasks that have not run and were not cancelled. */
  public int waiting() {
    return (int) tasks.stream().filter(task -> !task.isCancelled()).count();
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    Task<V> task = new Task<>(callable, time.nanos() + unit.toNanos(delay), scheduled++);
    tasks.add(task);
    return task;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return schedule(
        () -> {
          command.run();
          return true;
        },
        delay,
        unit);
  }

  @Override
  public void execute(Runnable command) {
    ScheduledFuture<?> unused = schedule(command, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException("one task at a time");
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("one task at a time");
  }

  @Override
  public void shutdown() {
    tasks.clear();
  }

  @Override
  public List<Runnable> shutdownNow() {
    tasks.clear();
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }

  private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
    private final long atNanos;
    private final long number;

    private Task(Callable<V> callable, long atNanos, long number) {
      super(callable);
      this.atNanos = atNanos;
      this.number = number;
    }

    /** A test must not lose what a task threw. */
    private void rethrow() {
      if (isCancelled()) {
        return;
      }
      try {
        get();
      } catch (Exception e) {
        throw new AssertionError("a scheduled task failed", e);
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(atNanos - time.nanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
