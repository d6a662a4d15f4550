package com.ecohash.ecolink.metering.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empty segments, made before they are needed, as far as the journal's limit and the disk allow.
 * Taking one never waits for the making of another.
 */
final class SegmentSupply {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentSupply.class);

  /** A full disk is not asked again by every request. */
  private static final long PAUSE_AFTER_FAILURE_NANOS = Duration.ofSeconds(1).toNanos();

  private final JournalFolder folder;
  private final JournalSettings settings;
  private final LongSupplier nanoTicker;
  private final ConcurrentLinkedDeque<Segment> spares = new ConcurrentLinkedDeque<>();
  private final AtomicInteger spareCount = new AtomicInteger();
  private final AtomicLong bytes;
  private final Object making = new Object();
  private long nextNumber;
  private volatile Optional<Long> failedAtNanos = Optional.empty();

  /**
   * @param bytes of the segments that exist already
   */
  SegmentSupply(
      JournalFolder folder,
      JournalSettings settings,
      LongSupplier nanoTicker,
      long nextNumber,
      long bytes) {
    this.folder = folder;
    this.settings = settings;
    this.nanoTicker = nanoTicker;
    this.nextNumber = nextNumber;
    this.bytes = new AtomicLong(bytes);
  }

  /** What a segment surely has room for: at its end, less than a frame may be left over. */
  long usableBytes() {
    return settings.segmentBytes() - Segment.HEADER_BYTES - Frame.SIZE_BYTES_MAX;
  }

  long spareBytes() {
    return spareCount.get() * usableBytes();
  }

  /** What could still be made within the limit; nothing while the disk is full. */
  long unmadeBytes() {
    if (failedAtNanos.isPresent()) {
      return 0;
    }
    long room = settings.bytesMax() - bytes.get();
    return Math.max(0, room / settings.segmentBytes() * usableBytes());
  }

  /**
   * The next segment. One is made beyond the limit if none is left, which the reserve prevents: the
   * end of an exchange is worth more than the limit.
   */
  Segment take() {
    Segment spare = spares.poll();
    if (spare == null) {
      synchronized (making) {
        return made();
      }
    }
    spareCount.decrementAndGet();
    return spare;
  }

  /** Makes one more. False if the limit or the disk forbids it. */
  boolean make() {
    synchronized (making) {
      if (bytes.get() + settings.segmentBytes() > settings.bytesMax() || hasJustFailed()) {
        return false;
      }
      try {
        add(made());
        return true;
      } catch (JournalException e) {
        if (failedAtNanos.isEmpty()) {
          LOG.error("The journal cannot grow", e);
        }
        failedAtNanos = Optional.of(nanoTicker.getAsLong());
        return false;
      }
    }
  }

  private boolean hasJustFailed() {
    return failedAtNanos.isPresent()
        && nanoTicker.getAsLong() - failedAtNanos.get() < PAUSE_AFTER_FAILURE_NANOS;
  }

  private Segment made() {
    try {
      Segment segment = folder.create(nextNumber++, settings.segmentBytes());
      bytes.addAndGet(settings.segmentBytes());
      failedAtNanos = Optional.empty();
      return segment;
    } catch (IOException e) {
      throw new JournalException(
          "no room for a journal segment of "
              + settings.segmentBytes()
              + " bytes in "
              + settings.folder().toAbsolutePath()
              + ": free some space on its disk",
          e);
    }
  }

  private void add(Segment spare) {
    spares.add(spare);
    spareCount.incrementAndGet();
  }

  /** Takes back a drained segment: as an empty one if {@code more} are wanted, else it goes. */
  void retire(Segment drained, boolean more) {
    synchronized (making) {
      try {
        if (more && drained.sizeBytes() == settings.segmentBytes()) {
          add(folder.recycle(drained, nextNumber++));
          return;
        }
        folder.delete(drained.file());
      } catch (IOException e) {
        // Harmless: the next start finds it, and the store passes over what it has.
        LOG.error("{} is drained, but could not be removed", drained, e);
      }
      bytes.addAndGet(-drained.sizeBytes());
    }
  }
}
