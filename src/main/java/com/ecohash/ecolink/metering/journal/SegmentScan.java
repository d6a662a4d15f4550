package com.ecohash.ecolink.metering.journal;

import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Reads a segment of an earlier process frame by frame and finds where it ends. Behind the first
 * frame that is not whole nothing is read: what looks like a frame there might be a client's text.
 */
final class SegmentScan {
  private final Segment segment;
  private int offset = Segment.HEADER_BYTES;
  private Optional<String> damage = Optional.empty();

  SegmentScan(Segment segment) {
    this.segment = segment;
  }

  /**
   * Hands every whole frame's end and entry to {@code reader}, in order.
   *
   * @throws JournalException if the segment is of another version
   */
  void read(BiConsumer<Integer, JournalEntry> reader) {
    if (!segment.hasMagic()) {
      offset = 0;
      damage = Optional.of("has no header");
      return;
    }
    if (segment.format() < Segment.FORMAT_MIN || segment.format() > Segment.FORMAT) {
      throw new JournalException(
          segment
              + " has format "
              + segment.format()
              + ", this version of EcoLink reads formats up to "
              + Segment.FORMAT
              + ": start the version that wrote it once, so that it drains the journal");
    }
    for (int length = wholeFrame(); length != 0; length = wholeFrame()) {
      JournalEntry entry = JournalCodec.decode(segment.bodyAt(offset, length));
      offset += Frame.sizeBytes(length);
      reader.accept(offset, entry);
    }
  }

  /** The length of the frame here; 0 if the journal ends or is damaged. */
  private int wholeFrame() {
    int length = segment.lengthAt(offset);
    if (length == 0) {
      // The process may have been killed in the middle of one frame, never of two.
      if (segment.hasBytesFrom(offset + Frame.SIZE_BYTES_MAX)) {
        damage = Optional.of("has a hole");
      }
      return 0;
    }
    if (length < 0
        || Frame.sizeBytes(length) > Math.min(Frame.SIZE_BYTES_MAX, segment.sizeBytes() - offset)) {
      damage = Optional.of("has an impossible length");
      return 0;
    }
    byte[] body = segment.bodyAt(offset, length);
    if (FrameWriter.crc(body, 0, length) != segment.crcAt(offset)) {
      damage = Optional.of("has a wrong checksum");
      return 0;
    }
    return length;
  }

  /** Where the whole frames end. */
  int end() {
    return offset;
  }

  /** What is wrong at {@link #end}, in words. */
  Optional<String> damage() {
    return damage;
  }
}
