package com.ecohash.ecolink.openai;

import java.util.List;

/**
 * One change to a body: at an offset of the original, some bytes go and others come. It changes
 * nothing itself; the bytes to insert are shared, not copied, and nobody writes to them.
 */
@SuppressWarnings("ArrayRecordComponent") // handed on to the wire, never compared
public record Edit(long offset, long removedBytes, byte[] inserted) {
  public Edit {
    if (offset < 0 || removedBytes < 0) {
      throw new IllegalArgumentException("not an edit: " + offset + ", " + removedBytes);
    }
  }

  /** How long a body of this length is after the edits: its new {@code Content-Length}. */
  public static long lengthAfter(List<Edit> edits, long bodyBytes) {
    long length = bodyBytes;
    for (Edit edit : edits) {
      length += edit.inserted().length - edit.removedBytes();
    }
    return length;
  }

  /**
   * The edited copy of a body that is held in memory; the edits are in order and do not overlap.
   */
  public static byte[] apply(List<Edit> edits, byte[] body) {
    byte[] edited = new byte[Math.toIntExact(lengthAfter(edits, body.length))];
    int from = 0;
    int to = 0;
    for (Edit edit : edits) {
      int kept = Math.toIntExact(edit.offset()) - from;
      System.arraycopy(body, from, edited, to, kept);
      System.arraycopy(edit.inserted(), 0, edited, to + kept, edit.inserted().length);
      from += kept + Math.toIntExact(edit.removedBytes());
      to += kept + edit.inserted().length;
    }
    System.arraycopy(body, from, edited, to, body.length - from);
    return edited;
  }
}
