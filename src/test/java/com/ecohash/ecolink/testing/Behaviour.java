package com.ecohash.ecolink.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What a {@link FakeContainer} does with a chat request. */
public sealed interface Behaviour {
  /** Answers as a good engine does: an object, or a stream of {@code tokens} events. */
  record Answer(int tokens, Duration gap, boolean usage) implements Behaviour {
    public static Answer of(int tokens) {
      return new Answer(tokens, Duration.ZERO, true);
    }

    public Answer every(Duration newGap) {
      return new Answer(tokens, newGap, usage);
    }

    public Answer withoutUsage() {
      return new Answer(tokens, gap, false);
    }
  }

  /** An answer with this status and JSON body. */
  record Status(int code, String body) implements Behaviour {}

  /** These bytes, head and all, then the end of the connection or a pause without one. */
  record Raw(byte[] bytes, boolean thenClose) implements Behaviour {
    public static Raw thenClose(String text) {
      return new Raw(text.getBytes(StandardCharsets.UTF_8), true);
    }

    public static Raw thenSilence(String text) {
      return new Raw(text.getBytes(StandardCharsets.UTF_8), false);
    }
  }

  /**
   * These pieces, each in a segment of its own, and then this end.
   *
   * @param pieces head and all
   */
  record Pieces(Then then, List<byte[]> pieces) implements Behaviour {
    /** How a connection goes on when all is said. */
    public enum Then {
      /** It ends as after a whole answer. */
      CLOSE,
      /** It is torn down, as when a machine or its network fails. */
      RESET,
      /** It stays as it is. */
      SILENCE
    }

    /**
     * @param pieces a character is a byte, so that half a UTF-8 sequence can be written down
     */
    public static Pieces of(Then then, String... pieces) {
      return new Pieces(
          then,
          Arrays.stream(pieces).map(piece -> piece.getBytes(StandardCharsets.ISO_8859_1)).toList());
    }
  }

  /** This head, and then the same piece again and again until the caller hangs up. */
  record Ticking(String head, String piece, Duration gap) implements Behaviour {}

  /** This answer, as soon as the request's head has come; the rest of the request is not read. */
  record Early(String answer) implements Behaviour {}

  /** Whatever this says of each request. */
  record By(Function<ReceivedRequest, Behaviour> rule) implements Behaviour {}

  /** A stream of events with this data, a gap before each, whole to its end. */
  record Events(List<String> data, Duration gap) implements Behaviour {
    public Events {
      data = List.copyOf(data);
    }
  }

  /** A whole answer of this type. */
  record Content(String type, byte[] body) implements Behaviour {}

  /** The connection ends as soon as the request is whole. */
  record CloseBeforeHeaders() implements Behaviour {}

  /** A stream that ends, in the middle of nowhere, after this many bytes of its body. */
  record CloseAfterBytes(int bytes) implements Behaviour {}

  /** Nothing, ever. */
  record Stall() implements Behaviour {}

  /** A whole, honest answer, after which the connection is closed without a word of warning. */
  record AnswerThenClose(int tokens) implements Behaviour {}

  /** 400 as long as the request has {@code stream_options}, else a good stream. */
  record RefuseStreamOptions(int tokens) implements Behaviour {}

  /** Body bytes without end, as fast as they are taken. */
  record Flood(long bytes) implements Behaviour {}
}
