package com.ecohash.ecolink.metering.journal;

import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.ExchangeStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier process left: its segments, cut to their frames, and the exchanges that it began
 * and did not end. Deletes nothing that holds a record.
 */
final class JournalRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(JournalRecovery.class);

  private final JournalFolder folder;
  private final List<Segment> segments = new ArrayList<>();
  private final Map<RequestId, ExchangeStart> open = new LinkedHashMap<>();
  private long lastNumber;
  private long undrained;

  JournalRecovery(JournalFolder folder) {
    this.folder = folder;
  }

  /**
   * @throws JournalException if another version wrote the journal
   */
  void run() throws IOException {
    for (Path file : folder.segments()) {
      lastNumber = Math.max(lastNumber, JournalFolder.number(file));
      recover(file);
    }
  }

  private void recover(Path file) throws IOException {
    int sizeBytes = Math.toIntExact(Files.size(file));
    SegmentReading reading = new SegmentReading(folder.map(file, sizeBytes));
    SegmentScan scan = reading.scan;
    scan.read(reading::entry);
    if (scan.damage().isPresent()) {
      Path kept = folder.keepDamaged(file);
      LOG.error(
          "{} {} at byte {}: what follows there was not read; a copy is kept as {}",
          file,
          scan.damage().get(),
          scan.end(),
          kept);
    }
    if (scan.end() <= Segment.HEADER_BYTES) {
      folder.delete(file); // a spare, or nothing that could be read
      return;
    }
    Segment segment = folder.truncate(file, scan.end());
    segment.drained(reading.drainedTo());
    undrained += reading.undrained();
    segments.add(segment);
  }

  /** Counts what the store does not surely have, and keeps the begins that have no end. */
  private final class SegmentReading {
    private final SegmentScan scan;
    private final int drainedMark;
    private int drained = Segment.HEADER_BYTES;
    private long ends;
    private long drainedEnds;

    SegmentReading(Segment segment) {
      scan = new SegmentScan(segment);
      drainedMark = segment.sizeBytes() < Segment.HEADER_BYTES ? 0 : segment.drained();
    }

    void entry(int frameEnd, JournalEntry entry) {
      if (entry instanceof JournalEntry.Begin begin) {
        open.put(begin.start().id(), begin.start());
      } else if (entry instanceof JournalEntry.End end) {
        open.remove(end.record().id());
        ends++;
      }
      if (frameEnd == drainedMark) {
        drained = frameEnd;
        drainedEnds = ends;
      }
    }

    /** The mark, if it lies between two frames; else all is drained once more. */
    int drainedTo() {
      return drained;
    }

    long undrained() {
      return ends - drainedEnds;
    }
  }

  /** Oldest first. */
  List<Segment> segments() {
    return segments;
  }

  /** Begun and not ended, in the order of their begins. */
  List<ExchangeStart> interrupted() {
    return List.copyOf(open.values());
  }

  long lastNumber() {
    return lastNumber;
  }

  /** How many records the store does not surely have. */
  long undrained() {
    return undrained;
  }

  long bytes() {
    return segments.stream().mapToLong(Segment::sizeBytes).sum();
  }
}
