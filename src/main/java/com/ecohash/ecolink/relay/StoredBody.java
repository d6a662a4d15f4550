package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.openai.Edit;
import com.ecohash.ecolink.relay.upstream.OutgoingBody;
import com.ecohash.ecolink.relay.upstream.OutgoingBody.Piece;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A request's body, whole: in memory, or in a file that vanishes when this is closed. */
public sealed interface StoredBody extends AutoCloseable {
  /** Of a request without one. */
  StoredBody EMPTY = new InMemory(new byte[0], 0);

  long length();

  /** The stretch from {@code from} to {@code to}, exclusive. */
  Piece piece(long from, long to);

  @Override
  void close();

  /**
   * The body as it goes to a container: every byte as the client sent it, but for the edits.
   *
   * @param edits in the order of their offsets, not overlapping
   */
  default OutgoingBody with(List<Edit> edits) {
    List<Piece> pieces = new ArrayList<>(2 * edits.size() + 1);
    long at = 0;
    for (Edit edit : edits) {
      addIfAny(pieces, at, edit.offset());
      if (edit.inserted().length > 0) {
        pieces.add(new Piece.Bytes(edit.inserted(), 0, edit.inserted().length));
      }
      at = edit.offset() + edit.removedBytes();
    }
    addIfAny(pieces, at, length());
    return OutgoingBody.of(pieces);
  }

  private void addIfAny(List<Piece> pieces, long from, long to) {
    if (to > from) {
      pieces.add(piece(from, to));
    }
  }

  /** A small body. */
  record InMemory(byte[] bytes, int size) implements StoredBody {
    @Override
    public long length() {
      return size;
    }

    @Override
    public Piece piece(long from, long to) {
      return new Piece.Bytes(bytes, (int) from, (int) (to - from));
    }

    @Override
    public void close() {
      // the heap's
    }
  }

  /** A large one, in a file without a name. */
  record Spooled(SpoolFile file, long length) implements StoredBody {
    @Override
    public Piece piece(long from, long to) {
      return new Piece.FileRange(file.channel(), from, to - from);
    }

    @Override
    public void close() {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException("a spooled body could not be closed", e);
      }
    }
  }
}
