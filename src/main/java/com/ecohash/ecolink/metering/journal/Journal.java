package com.ecohash.ecolink.metering.journal;

import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.Ending;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.UsageRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal that no crash of this process empties: the begin of every exchange before its first
 * byte goes to a container, and its end, until {@link JournalDrain} has brought it to the store. An
 * append copies some hundred bytes into a mapped file and makes no system call.
 *
 * <p>Never waits for the disk: a power cut may lose the last seconds. Safe for threads.
 */
public final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final JournalFolder folder;
  private final SegmentSupply supply;
  private final SegmentChain chain;
  private final JournalWriter writer;

  private Journal(
      JournalSettings settings,
      JournalFolder folder,
      JournalRecovery recovery,
      LongSupplier nanoTicker) {
    this.folder = folder;
    this.supply =
        new SegmentSupply(
            folder, settings, nanoTicker, recovery.lastNumber() + 1, recovery.bytes());
    this.chain = new SegmentChain(recovery.segments(), supply.take(), recovery.undrained());
    this.writer = new JournalWriter(settings, supply, chain);
  }

  /**
   * Opens the folder's journal. What an earlier process left is kept for the drain; the exchanges
   * that it began and did not end get their record, {@link Ending#INTERRUPTED}, now.
   *
   * @throws JournalException with a sentence for the operator: another process has the folder,
   *     another version wrote it, or the disk is full
   */
  public static Journal open(JournalSettings settings) {
    return open(settings, System::nanoTime);
  }

  static Journal open(JournalSettings settings, LongSupplier nanoTicker) {
    try {
      JournalFolder folder = JournalFolder.open(settings.folder());
      try {
        return recovered(settings, folder, nanoTicker);
      } catch (IOException | RuntimeException e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw new JournalException(
          "the journal in " + settings.folder().toAbsolutePath() + " cannot be opened: " + e, e);
    }
  }

  private static Journal recovered(
      JournalSettings settings, JournalFolder folder, LongSupplier nanoTicker) throws IOException {
    JournalRecovery recovery = new JournalRecovery(folder);
    recovery.run();
    Journal journal = new Journal(settings, folder, recovery, nanoTicker);
    recovery.interrupted().forEach(journal.writer::interrupted);
    journal.supply.make();
    if (journal.undrained() > 0) {
      LOG.info(
          "{} usage records of an earlier process are not stored yet; {} of its exchanges were"
              + " interrupted",
          journal.undrained(),
          recovery.interrupted().size());
    }
    return journal;
  }

  /**
   * To be called before the exchange's first byte goes to a container.
   *
   * @throws JournalFullException if its end could not be kept: the exchange must not go on
   * @throws IllegalStateException if it has begun already, or the journal is closed
   */
  public void begin(ExchangeStart start) {
    writer.begin(start);
  }

  /**
   * Keeps the record of an exchange that has begun; there is always room for it. From here on it
   * outlives this process.
   *
   * @return false, and nothing is kept, if the exchange has ended already: the first end counts
   * @throws IllegalStateException if the journal is closed
   */
  public boolean end(UsageRecord record) {
    return writer.end(record);
  }

  /**
   * Keeps the record of something that never began here, in one step: it is in the journal whole or
   * not at all, and no end of this process leaves another record under its id.
   *
   * @throws JournalFullException if there is no room for it now
   * @throws IllegalStateException if it has begun, or the journal is closed
   */
  public void record(UsageRecord record) {
    writer.record(record);
  }

  /** The part of the limit that is used up or promised, from 0 to 1; at 1 nothing begins. */
  public double fillRatio() {
    return writer.fillRatio();
  }

  /** Whether another exchange could begin now. */
  public boolean isWritable() {
    return writer.isWritable();
  }

  /** How many records the store does not have yet. */
  public long undrained() {
    return chain.undrained();
  }

  /** How many exchanges have begun and not ended. */
  public int openExchanges() {
    return writer.openCount();
  }

  /**
   * A record that the store may not have yet. Whoever wants a record asks here first and the store
   * second: in the other order it could pass from here to there in between.
   */
  public Optional<UsageRecord> undrained(RequestId id) {
    return chain.find(id);
  }

  /**
   * Every record that the store may not have yet, oldest first: at the start of the process, before
   * the drain, what earlier ones charged and did not book.
   */
  public void forEachUndrained(Consumer<UsageRecord> reader) {
    chain.forEachUndrained(reader);
  }

  /** Where the drain reads on. One reader at a time. */
  JournalReader reader() {
    return new JournalReader(chain);
  }

  /** What was found at the start included. */
  long endsAppended() {
    return chain.endsAppended();
  }

  long endsDrained() {
    return chain.endsDrained();
  }

  Path folder() {
    return folder.path();
  }

  /** The segment that is appended to; what it says is certain only while nobody appends. */
  Segment active() {
    return chain.active();
  }

  void makeAhead() {
    writer.makeAhead();
  }

  /**
   * Everything up to {@code position} is in the store, {@code ends} more records than before. Whole
   * segments go; begins in them that are still open are carried over, so that a stream of hours
   * does not keep them.
   */
  void drained(JournalReader.Position position, int ends) {
    if (!writer.unlessClosed(() -> chain.drained(position, ends))) {
      return;
    }
    while (chain.first().number() < position.segment().number()) {
      writer.carryOver(chain.first().number());
      boolean more = writer.wantsMore();
      chain.retireFirst(segment -> supply.retire(segment, more));
    }
  }

  /**
   * Lets another process have the folder. What is not drained stays for it; exchanges that are
   * still open will be found interrupted.
   */
  @Override
  public void close() {
    writer.close();
    folder.close();
  }
}
