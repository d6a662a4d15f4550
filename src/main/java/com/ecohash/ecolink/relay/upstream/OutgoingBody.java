package com.ecohash.ecolink.relay.upstream;

import java.nio.channels.FileChannel;
import java.util.List;

/**
 * A request's body of known length, made of pieces that stay where they are; it can be sent again.
 */
public record OutgoingBody(List<Piece> pieces, long length) {
  public static final OutgoingBody EMPTY = new OutgoingBody(List.of(), 0);

  /** A stretch of bytes, in memory or in a file. */
  public sealed interface Piece {
    long length();

    /** The array is not copied: whoever hands it over no longer changes it. */
    record Bytes(byte[] bytes, int offset, int size) implements Piece {
      @Override
      public long length() {
        return size;
      }
    }

    /** The file is the owner's to close, after the last call that sends it has ended. */
    record FileRange(FileChannel file, long position, long length) implements Piece {}
  }

  public OutgoingBody {
    pieces = List.copyOf(pieces);
  }

  public static OutgoingBody of(List<Piece> pieces) {
    long length = 0;
    for (Piece piece : pieces) {
      length += piece.length();
    }
    return new OutgoingBody(pieces, length);
  }
}
