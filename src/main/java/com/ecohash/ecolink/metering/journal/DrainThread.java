package com.ecohash.ecolink.metering.journal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one step after the other, with the pauses that the steps ask for, until it is finished. */
final class DrainThread {
  private static final Logger LOG = LoggerFactory.getLogger(DrainThread.class);

  private static final long LOOK_AGAIN_MILLIS = 5;
  private static final long LAST_STEP_MILLIS = 1_000;

  private final Supplier<Duration> step;
  private final Duration interval;
  private final Thread thread = new Thread(this::run, "journal-drain");
  private final Object monitor = new Object();
  private State state = State.RUNNING;

  private enum State {
    RUNNING,
    /** The pause is over at once. */
    HURRIED,
    /** Pauses are short. */
    FINISHING,
    STOPPED
  }

  /**
   * @param interval longest pause when the end is near
   */
  DrainThread(Supplier<Duration> step, Duration interval) {
    this.step = step;
    this.interval = interval;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (pause(safeStep())) {
      // each step says how long to wait for the next
    }
  }

  /** The thread outlives everything: without it the journal would only grow. */
  private Duration safeStep() {
    try {
      return step.get();
    } catch (RuntimeException | Error e) {
      LOG.error("The drain of the journal failed unexpectedly, and goes on", e);
      return interval;
    }
  }

  /** False if there is no next step. */
  private boolean pause(Duration asked) {
    long startNanos = System.nanoTime();
    synchronized (monitor) {
      while (true) {
        switch (state) {
          case STOPPED -> {
            return false;
          }
          case HURRIED -> {
            state = State.FINISHING;
            return true;
          }
          case RUNNING, FINISHING -> {
            boolean isShort = state == State.FINISHING && asked.compareTo(interval) > 0;
            Duration pause = isShort ? interval : asked;
            if (isOver(startNanos, pause)) {
              return true;
            }
          }
        }
      }
    }
  }

  /** Waits for a while; true if the pause is over. */
  private boolean isOver(long startNanos, Duration pause) {
    long leftNanos = startNanos + pause.toNanos() - System.nanoTime();
    if (leftNanos <= 0) {
      return true;
    }
    try {
      TimeUnit.NANOSECONDS.timedWait(monitor, leftNanos);
      return false;
    } catch (InterruptedException e) {
      return true; // only finish() interrupts, and has set the state
    }
  }

  /**
   * Steps on, with short pauses, until {@code done} or the limit, and ends the thread.
   *
   * @return whether it got done
   */
  boolean finish(Duration limit, BooleanSupplier done) {
    long startNanos = System.nanoTime();
    change(State.HURRIED);
    boolean interrupted = false;
    while (thread.isAlive()
        && !done.getAsBoolean()
        && !interrupted
        && System.nanoTime() - startNanos < limit.toNanos()) {
      interrupted = !joined(LOOK_AGAIN_MILLIS);
    }
    change(State.STOPPED);
    boolean isDone = done.getAsBoolean();
    if (!isDone) {
      thread.interrupt();
    }
    joined(LAST_STEP_MILLIS);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return isDone;
  }

  private void change(State next) {
    synchronized (monitor) {
      state = next;
      monitor.notifyAll();
    }
  }

  /** False if the caller was interrupted meanwhile. */
  private boolean joined(long millisMax) {
    try {
      thread.join(millisMax);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
