package com.ecohash.ecolink.relay.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one request, head and body, as far as the connection takes it, and goes on from there. */
final class RequestWriter {
  private final List<OutgoingBody.Piece> pieces;
  private int nextPiece;
  private ByteBuffer[] memory;
  private int firstBuffer;
  private OutgoingBody.Piece.@Nullable FileRange file;
  private long filePosition;

  RequestWriter(byte[] head, OutgoingBody body) {
    this.pieces = body.pieces();
    this.memory = gather(ByteBuffer.wrap(head));
  }

  /**
   * Writes without waiting.
   *
   * @return whether all is written
   */
  boolean writeTo(SocketChannel channel) throws IOException {
    while (true) {
      if (!memoryWritten(channel) || !fileWritten(channel)) {
        return false;
      }
      if (nextPiece == pieces.size()) {
        return true;
      }
      memory = gather(null);
      firstBuffer = 0;
    }
  }

  /** The buffers from here to the next file, so that head and body leave in one system call. */
  private ByteBuffer[] gather(@Nullable ByteBuffer head) {
    List<ByteBuffer> buffers = new ArrayList<>(4);
    if (head != null) {
      buffers.add(head);
    }
    while (nextPiece < pieces.size()) {
      OutgoingBody.Piece piece = pieces.get(nextPiece++);
      if (piece instanceof OutgoingBody.Piece.Bytes bytes) {
        buffers.add(ByteBuffer.wrap(bytes.bytes(), bytes.offset(), bytes.size()));
      } else if (piece instanceof OutgoingBody.Piece.FileRange range) {
        file = range;
        filePosition = range.position();
        break;
      }
    }
    return buffers.toArray(ByteBuffer[]::new);
  }

  private boolean memoryWritten(SocketChannel channel) throws IOException {
    while (firstBuffer < memory.length) {
      if (!memory[firstBuffer].hasRemaining()) {
        firstBuffer++;
      } else if (channel.write(memory, firstBuffer, memory.length - firstBuffer) == 0) {
        return false;
      }
    }
    return true;
  }

  private boolean fileWritten(SocketChannel channel) throws IOException {
    OutgoingBody.Piece.FileRange range = file;
    if (range == null) {
      return true;
    }
    long end = range.position() + range.length();
    while (filePosition < end) {
      long sent = range.file().transferTo(filePosition, end - filePosition, channel);
      if (sent == 0) {
        if (range.file().size() < end) {
          throw new IOException("a spooled body was cut short");
        }
        return false;
      }
      filePosition += sent;
    }
    file = null;
    return true;
  }
}
