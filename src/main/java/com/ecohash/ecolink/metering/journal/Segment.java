package com.ecohash.ecolink.metering.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One file of the journal, mapped: a header, then frames, then zeros. What is written here belongs
 * to the kernel at once, so that it outlives the process. A frame's length word is written last: a
 * frame that was cut short by the end of the process reads as zeros, which is the journal's end.
 *
 * <p>One thread at a time appends; any may read. Never flushed to the disk here.
 */
final class Segment {
  /** Of the header, frames and payloads: a segment of a newer format stops the start. */
  static final int FORMAT = 2;

  /** The oldest one that is still read. */
  static final int FORMAT_MIN = 1;

  static final long MAGIC = 0x4C4E524A4F434531L; // "1ECOJRNL" as bytes
  static final int HEADER_BYTES = 16;
  private static final int FORMAT_AT = 8;
  private static final int DRAINED_AT = 12;

  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final long number;
  private final Path file;
  private final ByteBuffer buffer;
  private int end;
  private volatile boolean sealed;

  /**
   * @param end where the next frame goes, or would
   */
  private Segment(long number, Path file, ByteBuffer buffer, int end, boolean sealed) {
    this.number = number;
    this.file = file;
    this.buffer = buffer;
    this.end = end;
    this.sealed = sealed;
  }

  /** An empty one, which has its header already. */
  static Segment fresh(long number, Path file, MappedByteBuffer buffer) {
    return new Segment(
        number, file, buffer.order(ByteOrder.LITTLE_ENDIAN), HEADER_BYTES, /* sealed= */ false);
  }

  /** One of an earlier process, whose frames end at {@code end}. */
  static Segment recovered(long number, Path file, MappedByteBuffer buffer, int end) {
    return new Segment(
        number, file, buffer.order(ByteOrder.LITTLE_ENDIAN), end, /* sealed= */ true);
  }

  static void header(ByteBuffer buffer) {
    buffer
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(0, MAGIC)
        .putInt(FORMAT_AT, FORMAT)
        .putInt(DRAINED_AT, HEADER_BYTES);
  }

  boolean hasMagic() {
    return buffer.capacity() >= HEADER_BYTES && buffer.getLong(0) == MAGIC;
  }

  int format() {
    return buffer.getInt(FORMAT_AT);
  }

  long number() {
    return number;
  }

  Path file() {
    return file;
  }

  int sizeBytes() {
    return buffer.capacity();
  }

  /** Where the frames end; only a sealed segment tells it to every thread. */
  int end() {
    return end;
  }

  int freeBytes() {
    return buffer.capacity() - end;
  }

  /** The caller is the only appender, and has looked at {@link #freeBytes}. */
  void append(Frame frame) {
    buffer.put(end, frame.bytes(), 0, frame.sizeBytes());
    INT.setRelease(buffer, end, frame.length());
    end += frame.sizeBytes();
  }

  /** Nothing will be appended any more. */
  void seal() {
    sealed = true;
  }

  boolean isSealed() {
    return sealed;
  }

  /** The length word of the frame at {@code offset}; 0 if there is none, or none yet. */
  int lengthAt(int offset) {
    int limit = sealed ? end : buffer.capacity();
    return offset + Frame.HEADER_BYTES > limit ? 0 : (int) INT.getAcquire(buffer, offset);
  }

  byte typeAt(int offset) {
    return buffer.get(offset + Frame.HEADER_BYTES);
  }

  /** Type and payload of the frame at {@code offset}, whose length word is {@code length}. */
  byte[] bodyAt(int offset, int length) {
    byte[] body = new byte[length];
    buffer.get(offset + Frame.HEADER_BYTES, body);
    return body;
  }

  /** Whether the frame at {@code offset} has the same type and id as {@code prefix}. */
  boolean startsWith(int offset, byte[] prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (buffer.get(offset + Frame.HEADER_BYTES + i) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  int crcAt(int offset) {
    return buffer.getInt(offset + Integer.BYTES);
  }

  /** Up to where everything is in the store; may be stale after a crash. */
  int drained() {
    return (int) INT.getAcquire(buffer, DRAINED_AT);
  }

  void drained(int offset) {
    INT.setRelease(buffer, DRAINED_AT, offset);
  }

  /** The same memory as an empty segment; this one must not be used any more. */
  Segment reborn(long newNumber, Path newFile) {
    byte[] zeros = new byte[1 << 16];
    for (int offset = 0; offset < end; offset += zeros.length) {
      buffer.put(offset, zeros, 0, Math.min(zeros.length, end - offset));
    }
    header(buffer);
    return new Segment(newNumber, newFile, buffer, HEADER_BYTES, /* sealed= */ false);
  }

  /** Whether anything but zeros lies behind {@code offset}. */
  boolean hasBytesFrom(int offset) {
    byte[] zeros = new byte[1 << 12];
    byte[] some = new byte[zeros.length];
    for (int from = offset; from < buffer.capacity(); from += some.length) {
      int length = Math.min(some.length, buffer.capacity() - from);
      buffer.get(from, some, 0, length);
      if (!Arrays.equals(some, 0, length, zeros, 0, length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
