package com.ecohash.ecolink.metering.journal;

import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.UsageRecord;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Appends begins and ends, and sees to it that no exchange begins for whose end there is no room.
 * Safe for threads: what is encoded is encoded outside the lock, which is held for one copy of some
 * hundred bytes.
 */
final class JournalWriter implements AutoCloseable {
  private final JournalSettings settings;
  private final SegmentSupply supply;
  private final SegmentChain chain;
  private final ReentrantLock lock = new ReentrantLock();
  private final OpenExchanges open = new OpenExchanges();
  private final Background maker = new Background("journal-segments");
  private boolean makingAsked;
  private boolean closed;

  JournalWriter(JournalSettings settings, SegmentSupply supply, SegmentChain chain) {
    this.settings = settings;
    this.supply = supply;
    this.chain = chain;
  }

  /** See {@link Journal#begin}. */
  void begin(ExchangeStart start) {
    Frame frame = JournalCodec.begin(start);
    untilThereIsRoom(() -> begin(start, frame));
  }

  /** See {@link Journal#record}. */
  void record(UsageRecord record) {
    Frame frame = JournalCodec.end(record);
    untilThereIsRoom(() -> record(record, frame));
  }

  /**
   * @param appending false if another segment has to be made first
   */
  private void untilThereIsRoom(BooleanSupplier appending) {
    boolean appended = appending.getAsBoolean();
    while (!appended) {
      boolean made = supply.make();
      appended = appending.getAsBoolean(); // also if not: another thread may have made the last one
      if (!appended && !made) {
        throw new JournalFullException(
            "the journal is full: usage records wait for the database, or its disk is full");
      }
    }
  }

  private boolean begin(ExchangeStart start, Frame frame) {
    lock.lock();
    try {
      checkOpen();
      if (open.isOpen(start.id())) {
        throw new IllegalStateException(start.id() + " has begun already");
      }
      if (!hasRoom(frame.sizeBytes() + OpenExchanges.reserveBytes(frame.sizeBytes()))) {
        return false;
      }
      append(frame);
      open.begun(start, frame.sizeBytes(), chain.active().number());
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean record(UsageRecord record, Frame frame) {
    lock.lock();
    try {
      checkOpen();
      if (open.isOpen(record.id())) {
        throw new IllegalStateException(record.id() + " has begun: it is to be ended");
      }
      if (!hasRoom(frame.sizeBytes())) {
        return false;
      }
      append(frame);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether so much is ready that nobody was promised; has more made ahead where it runs short. */
  private boolean hasRoom(long wantedBytes) {
    long left = readyBytes() - open.reservedBytes() - wantedBytes;
    if (left < supply.usableBytes() && !makingAsked) {
      makingAsked = true;
      maker.execute(this::makeAhead);
    }
    return left >= 0;
  }

  /** See {@link Journal#end}. */
  boolean end(UsageRecord record) {
    Frame frame = JournalCodec.end(record);
    lock.lock();
    try {
      checkOpen();
      if (!open.ended(record.id())) {
        return false;
      }
      append(frame);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The end of an exchange that an earlier process began. */
  void interrupted(ExchangeStart start) {
    Frame frame = JournalCodec.end(UsageRecord.interrupted(start));
    lock.lock();
    try {
      append(frame);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Appends anew the begins in this segment that are still open, in short steps, so that no
   * exchange waits for all of them.
   */
  void carryOver(long segmentNumber) {
    for (ExchangeStart start : begunIn(segmentNumber)) {
      Frame frame = JournalCodec.begin(start);
      lock.lock();
      try {
        if (open.isOpen(start.id())) {
          append(frame);
          open.begun(start, frame.sizeBytes(), chain.active().number());
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private List<ExchangeStart> begunIn(long segmentNumber) {
    lock.lock();
    try {
      return open.begunIn(segmentNumber);
    } finally {
      lock.unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the journal is closed");
    }
  }

  private void append(Frame frame) {
    if (chain.active().freeBytes() < frame.sizeBytes()) {
      chain.add(supply.take());
    }
    chain.append(frame);
  }

  /** Makes segments ahead, also after a full disk has got room again and nobody else asks. */
  void makeAhead() {
    while (wantsMore() && supply.make()) {
      // until there is enough, or the limit or the disk says no
    }
    lock.lock();
    makingAsked = false;
    lock.unlock();
  }

  /** Whether less than a segment is ready beyond what is promised. */
  boolean wantsMore() {
    lock.lock();
    try {
      return !closed && readyBytes() - open.reservedBytes() < supply.usableBytes();
    } finally {
      lock.unlock();
    }
  }

  /** Room on the disk that is there already. */
  private long readyBytes() {
    long active = chain.active().freeBytes() - Frame.SIZE_BYTES_MAX;
    return Math.max(0, active) + supply.spareBytes();
  }

  /** Ready or still to be made, and not promised. */
  private long freeBytes() {
    lock.lock();
    try {
      return closed ? 0 : readyBytes() + supply.unmadeBytes() - open.reservedBytes();
    } finally {
      lock.unlock();
    }
  }

  /** See {@link Journal#fillRatio}. */
  double fillRatio() {
    long all = settings.bytesMax() / settings.segmentBytes() * supply.usableBytes();
    return 1 - Math.max(0.0, Math.min(1.0, (double) freeBytes() / all));
  }

  /** See {@link Journal#isWritable}. */
  boolean isWritable() {
    return freeBytes() >= Frame.SIZE_BYTES_MAX + OpenExchanges.reserveBytes(Frame.SIZE_BYTES_MAX);
  }

  int openCount() {
    lock.lock();
    try {
      return open.size();
    } finally {
      lock.unlock();
    }
  }

  /** Runs {@code writing} only if the files are surely still this process's. */
  boolean unlessClosed(Runnable writing) {
    lock.lock();
    try {
      if (!closed) {
        writing.run();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    maker.close();
  }
}
