package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/** Feeds a stream to {@link ChatEvents} in pieces and keeps what came out. */
final class Streams {
  /** Everything that can be seen of a stream after it ended. */
  record Seen(
      String output,
      FirstEvent first,
      String usage,
      boolean error,
      boolean done,
      long contentEvents,
      long contentBytes,
      long unreadEvents,
      boolean atBoundary) {}

  private Streams() {}

  static Seen run(ChatEvents events, byte[] stream, Random random, int pieceMax) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    for (int at = 0; at < stream.length; ) {
      int length = Math.min(1 + random.nextInt(pieceMax), stream.length - at);
      byte[] piece = new byte[length + 5];
      System.arraycopy(stream, at, piece, 2, length);
      events.feed(piece, 2, length, output::write);
      at += length;
    }
    events.end(output::write);
    return seen(events, output.toByteArray());
  }

  static Seen seen(ChatEvents events, byte[] output) {
    return new Seen(
        new String(output, UTF_8),
        events.firstEvent(),
        events.usage().toString(),
        events.errorSeen(),
        events.doneSeen(),
        events.contentEvents(),
        events.contentBytes(),
        events.unreadEvents(),
        events.isAtEventBoundary());
  }
}
