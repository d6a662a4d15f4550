package com.ecohash.ecolink.metering.journal;

import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.UsageRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * The segments in use, oldest first; the last is the one that is appended to. One thread at a time
 * appends and adds (the journal's lock), one drains and retires, any look up.
 */
final class SegmentChain {
  private final ConcurrentSkipListMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
  private final AtomicLong endsAppended;
  private final AtomicLong endsDrained = new AtomicLong();

  /** Looking up holds it for reading, so that no segment is made empty under its eyes. */
  private final ReadWriteLock retirement = new ReentrantReadWriteLock();

  private volatile Segment active;

  SegmentChain(List<Segment> old, Segment active, long undrained) {
    for (Segment segment : old) {
      segments.put(segment.number(), segment);
    }
    segments.put(active.number(), active);
    this.active = active;
    this.endsAppended = new AtomicLong(undrained);
  }

  Segment active() {
    return active;
  }

  void append(Frame frame) {
    active.append(frame);
    if (frame.bytes()[Frame.HEADER_BYTES] == Frame.END) {
      endsAppended.incrementAndGet();
    }
  }

  void add(Segment next) {
    segments.put(next.number(), next);
    active.seal(); // only now, so that a reader who sees the seal finds the next one
    active = next;
  }

  Segment first() {
    return segments.firstEntry().getValue();
  }

  /** The one after; there is one behind every sealed one. */
  Segment after(Segment segment) {
    Map.Entry<Long, Segment> next = segments.higherEntry(segment.number());
    if (next == null) {
      throw new IllegalStateException("no segment follows " + segment);
    }
    return next.getValue();
  }

  long undrained() {
    return endsAppended.get() - endsDrained.get();
  }

  long endsAppended() {
    return endsAppended.get();
  }

  long endsDrained() {
    return endsDrained.get();
  }

  /** Writes the marks down: everything before {@code position} is in the store. */
  void drained(JournalReader.Position position, int ends) {
    for (Segment whole : segments.headMap(position.segment().number()).values()) {
      whole.drained(whole.end());
    }
    position.segment().drained(position.offset());
    endsDrained.addAndGet(ends);
  }

  void retireFirst(Consumer<Segment> how) {
    retirement.writeLock().lock();
    try {
      Segment first = first();
      how.accept(first);
      segments.remove(first.number());
    } finally {
      retirement.writeLock().unlock();
    }
  }

  Optional<UsageRecord> find(RequestId id) {
    byte[] prefix = JournalCodec.endPrefix(id);
    retirement.readLock().lock();
    try {
      for (Segment segment : segments.values()) {
        int offset = segment.drained();
        for (int length = segment.lengthAt(offset);
            length != 0;
            length = segment.lengthAt(offset)) {
          if (segment.startsWith(offset, prefix)) {
            return Optional.of(end(segment.bodyAt(offset, length)));
          }
          offset += Frame.sizeBytes(length);
        }
      }
      return Optional.empty();
    } finally {
      retirement.readLock().unlock();
    }
  }

  private static UsageRecord end(byte[] body) {
    if (JournalCodec.decode(body) instanceof JournalEntry.End end) {
      return end.record();
    }
    throw new IllegalStateException("not an end: " + Arrays.toString(body));
  }

  void forEachUndrained(Consumer<UsageRecord> reader) {
    retirement.readLock().lock();
    try {
      for (Segment segment : segments.values()) {
        int offset = segment.drained();
        for (int length = segment.lengthAt(offset);
            length != 0;
            length = segment.lengthAt(offset)) {
          if (segment.typeAt(offset) == Frame.END) {
            reader.accept(end(segment.bodyAt(offset, length)));
          }
          offset += Frame.sizeBytes(length);
        }
      }
    } finally {
      retirement.readLock().unlock();
    }
  }
}
