package com.ecohash.ecolink.metering.journal;

import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.UsageStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer: brings the journal's ends to the store, in order and in batches, for ever. While
 * the store fails it keeps the batch and tries again, ever more slowly; a record that the store
 * refuses for itself is put aside, so that it does not hold up the others.
 *
 * <p>Never drops a record, and never marks one drained before the store or the folder of refused
 * records has it.
 */
public final class JournalDrain implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalDrain.class);

  private final Journal journal;
  private final DrainSettings settings;
  private final LongSupplier nanoTicker;
  private final RejectedRecords rejected;
  private final JournalReader reader;
  private final DrainBatch batch;
  private final DrainThread thread;
  private final ReentrantLock stepping = new ReentrantLock();
  private final Condition stepped = stepping.newCondition();
  private int unmarked;
  private int refusals;
  private int failures;
  private volatile Optional<Long> failingSinceNanos = Optional.empty();

  private JournalDrain(
      Journal journal,
      DrainSettings settings,
      LongSupplier nanoTicker,
      RejectedRecords rejected,
      DrainBatch batch) {
    this.journal = journal;
    this.settings = settings;
    this.nanoTicker = nanoTicker;
    this.rejected = rejected;
    this.reader = journal.reader();
    this.batch = batch;
    this.thread = new DrainThread(this::step, settings.interval());
  }

  /** Drains from now on, in a thread of its own, until {@link #close}. One for each journal. */
  public static JournalDrain start(
      Journal journal, UsageStore store, DrainListener listener, DrainSettings settings) {
    JournalDrain drain = idle(journal, store, listener, settings, System::nanoTime);
    drain.thread.start();
    return drain;
  }

  /** Drains only when told to, by {@link #step} or {@link #drainNow}. */
  static JournalDrain idle(
      Journal journal,
      UsageStore store,
      DrainListener listener,
      DrainSettings settings,
      LongSupplier nanoTicker) {
    try {
      RejectedRecords rejected = new RejectedRecords(journal.folder().resolve("rejected"));
      DrainBatch batch = new DrainBatch(store, listener, rejected);
      return new JournalDrain(journal, settings, nanoTicker, rejected, batch);
    } catch (IOException e) {
      throw new JournalException("the folder for refused records cannot be used: " + e, e);
    }
  }

  /**
   * One batch.
   *
   * @return after which pause the next step is due
   */
  Duration step() {
    stepping.lock();
    try {
      journal.makeAhead();
      boolean full = fill();
      if (!batch.isEmpty()) {
        deliver();
      }
      journal.drained(reader.position(), unmarked);
      unmarked = 0;
      worksAgain();
      stepped.signalAll();
      return full ? Duration.ZERO : settings.interval();
    } catch (RuntimeException e) {
      return failed(e);
    } finally {
      stepping.unlock();
    }
  }

  /** True if there may be more than what is in the batch now. */
  private boolean fill() {
    while (batch.size() < settings.batchMax()) {
      Optional<UsageRecord> next = reader.next();
      if (next.isEmpty()) {
        return false;
      }
      batch.add(next.get());
      unmarked++;
    }
    return true;
  }

  private void deliver() {
    try {
      if (refusals < settings.refusalsBeforeSplit()) {
        batch.store();
      } else {
        batch.storeInParts();
      }
      refusals = 0;
    } catch (RuntimeException e) {
      if (StoreFailure.of(e) != StoreFailure.AWAY) {
        refusals++;
      }
      throw e;
    }
  }

  private Duration failed(RuntimeException cause) {
    failures++;
    if (failingSinceNanos.isEmpty()) {
      failingSinceNanos = Optional.of(nanoTicker.getAsLong());
      LOG.error(
          "Usage records cannot be stored; {} wait in the journal, and it is tried again",
          journal.undrained(),
          cause);
    }
    return settings.backoff(failures);
  }

  private void worksAgain() {
    failures = 0;
    if (failingSinceNanos.isPresent()) {
      LOG.info("Usage records are stored again, after {} s", failingFor().toSeconds());
      failingSinceNanos = Optional.empty();
    }
  }

  /**
   * Drains in the caller's thread, without any pause, what is in the journal now.
   *
   * @return false if the store failed; the rest stays in the journal
   */
  public boolean drainNow() {
    stepping.lock();
    try {
      Duration next = Duration.ZERO;
      while (next.isZero()) {
        next = step();
      }
      return failures == 0;
    } finally {
      stepping.unlock();
    }
  }

  /**
   * Waits until everything that is in the journal now has reached the store.
   *
   * @return false if the time was too short
   */
  public boolean awaitDrained(Duration timeout) throws InterruptedException {
    long before = journal.endsAppended();
    long dueNanos = System.nanoTime() + timeout.toNanos();
    if (!stepping.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
      return false; // the store is at it all the while
    }
    try {
      long leftNanos = dueNanos - System.nanoTime();
      while (journal.endsDrained() < before && leftNanos > 0) {
        leftNanos = stepped.awaitNanos(leftNanos);
      }
      return journal.endsDrained() >= before;
    } finally {
      stepping.unlock();
    }
  }

  /** For how long nothing could be stored; zero if the last batch could. */
  public Duration failingFor() {
    Optional<Long> since = failingSinceNanos;
    return since.isEmpty() ? Duration.ZERO : Duration.ofNanos(nanoTicker.getAsLong() - since.get());
  }

  /** How many records the store refused for ever: files that wait for a person. */
  public long rejected() {
    return rejected.count();
  }

  /**
   * Brings the rest to the store, within the limit of the settings. What remains stays in the
   * journal for the next start. To be called after the last exchange has ended, and before the
   * journal is closed.
   */
  @Override
  public void close() {
    boolean drained = thread.finish(settings.closeMax(), () -> journal.undrained() == 0);
    if (!drained) {
      LOG.warn("{} usage records stay in the journal until the next start", journal.undrained());
    }
  }
}
