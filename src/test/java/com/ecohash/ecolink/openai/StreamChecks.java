package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.openai.StreamReference.Read;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/** What must hold of {@link ChatEvents}, whatever it is fed. */
final class StreamChecks {
  private static final int LONG_EVENT = 1 << 20;
  private static final int SHORT_EVENT = 70;

  private record Seen(
      Read read,
      long contentBytes,
      String sample,
      Optional<BigDecimal> seconds,
      boolean unfinished) {}

  private StreamChecks() {}

  static void check(byte[] stream) {
    check(stream, true, LONG_EVENT);
    check(stream, false, LONG_EVENT);
    check(stream, true, SHORT_EVENT);
  }

  private static void check(byte[] stream, boolean drop, int eventBytesMax) {
    Seen whole = run(stream, stream.length, drop, eventBytesMax);
    if (!RequestReference.hasHalfPair(new String(stream, ISO_8859_1))) {
      assertThat(whole.read())
          .as("drop %s, limit %s", drop, eventBytesMax)
          .isEqualTo(StreamReference.read(stream, drop, eventBytesMax));
    }
    for (int pieceMax : new int[] {1, 2, 5, 60}) {
      assertThat(run(stream, pieceMax, drop, eventBytesMax))
          .as("in pieces of %s, drop %s, limit %s", pieceMax, drop, eventBytesMax)
          .isEqualTo(whole);
    }
    if (!drop) {
      assertThat(whole.read().output()).isEqualTo(new String(stream, ISO_8859_1));
    }
  }

  private static Seen run(byte[] stream, int pieceMax, boolean drop, int eventBytesMax) {
    ChatEvents events = new ChatEvents(drop, eventBytesMax);
    String output = run(events, stream, pieceMax);
    boolean unfinished = events.isWithinEvent() || events.lacksItsEnd();
    output += end(events);
    assertThat(events.heldBytes()).isZero();
    assertThat(events.contentBytes()).isBetween(0L, (long) stream.length);
    return new Seen(
        new Read(
            output,
            events.firstEvent(),
            events.usage(),
            events.errorSeen(),
            events.doneSeen(),
            events.contentEvents(),
            events.unreadEvents(),
            events.isAtEventBoundary()),
        events.contentBytes(),
        events.sample().text(),
        events.seconds(),
        unfinished);
  }

  private static String run(ChatEvents events, byte[] stream, int pieceMax) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Random random = new Random(pieceMax);
    for (int at = 0; at < stream.length; ) {
      int length = pieceMax >= stream.length ? stream.length : 1 + random.nextInt(pieceMax);
      length = Math.min(length, stream.length - at);
      byte[] piece = new byte[length + 4];
      System.arraycopy(stream, at, piece, 1, length);
      events.feed(piece, 1, length, output::write);
      Arrays.fill(piece, (byte) '#'); // what is held must have been copied
      at += length;
    }
    return output.toString(ISO_8859_1);
  }

  private static String end(ChatEvents events) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    events.end(output::write);
    return output.toString(ISO_8859_1);
  }
}
