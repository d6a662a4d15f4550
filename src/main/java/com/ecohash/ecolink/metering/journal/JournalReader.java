package com.ecohash.ecolink.metering.journal;

import com.ecohash.ecolink.metering.UsageRecord;
import java.util.Optional;

/** Reads the journal from where it is drained to, one end after the other. For one thread. */
final class JournalReader {
  /** Everything before it has been read. */
  record Position(Segment segment, int offset) {}

  private final SegmentChain chain;
  private Segment segment;
  private int offset;

  JournalReader(SegmentChain chain) {
    this.chain = chain;
    this.segment = chain.first();
    this.offset = segment.drained();
  }

  /** The next record; empty if there is none yet. Begins are passed over. */
  Optional<UsageRecord> next() {
    while (true) {
      boolean sealed = segment.isSealed(); // before the look, so that nothing is missed
      int length = segment.lengthAt(offset);
      if (length != 0) {
        int here = offset;
        offset += Frame.sizeBytes(length);
        if (segment.typeAt(here) == Frame.END
            && JournalCodec.decode(segment.bodyAt(here, length)) instanceof JournalEntry.End end) {
          return Optional.of(end.record());
        }
      } else if (sealed) {
        segment = chain.after(segment);
        offset = segment.drained();
      } else {
        return Optional.empty();
      }
    }
  }

  Position position() {
    return new Position(segment, offset);
  }
}
