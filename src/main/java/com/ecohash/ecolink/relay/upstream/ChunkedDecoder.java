package com.ecohash.ecolink.relay.upstream;

/** Takes the chunked framing off a body (RFC 9112, section 7.1); trailers are read and dropped. */
final class ChunkedDecoder {
  private static final int SIZE_DIGITS_MAX = 15;
  private static final int LINE_BYTES_MAX = 4096;
  private static final int TRAILER_BYTES_MAX = 65_536;

  private enum State {
    SIZE,
    EXTENSION,
    SIZE_LINE_FEED,
    DATA,
    DATA_END,
    DATA_LINE_FEED,
    TRAILER,
    ENDED
  }

  private State state = State.SIZE;
  private long size;
  private int digits;
  private int lineBytes;
  private int trailerBytes;
  private boolean trailerLineEmpty;

  void reset() {
    state = State.SIZE;
    size = 0;
    digits = 0;
    lineBytes = 0;
  }

  boolean isEnded() {
    return state == State.ENDED;
  }

  /**
   * Hands the data among these bytes to the handler.
   *
   * @return the index of the first byte not consumed: {@code end}, or after the last chunk
   */
  int decode(byte[] bytes, int from, int end, AnswerParser.Handler handler) throws MalformedAnswer {
    int at = from;
    while (at < end && state != State.ENDED) {
      if (state == State.DATA) {
        int piece = (int) Math.min(size, end - at);
        size -= piece;
        if (size == 0) {
          state = State.DATA_END;
        }
        handler.body(bytes, at, piece);
        at += piece;
      } else {
        frame(bytes[at++]);
      }
    }
    return at;
  }

  private void frame(byte b) throws MalformedAnswer {
    switch (state) {
      case SIZE -> size(b);
      case EXTENSION -> extension(b);
      case SIZE_LINE_FEED -> {
        require(b == '\n', "a chunk size without its line end");
        sizeLineEnded();
      }
      case DATA_END -> {
        if (b == '\n') {
          nextSize();
        } else {
          require(b == '\r', "a chunk longer than its size");
          state = State.DATA_LINE_FEED;
        }
      }
      case DATA_LINE_FEED -> {
        require(b == '\n', "a chunk without its line end");
        nextSize();
      }
      case TRAILER -> trailer(b);
      case DATA, ENDED -> throw new IllegalStateException("no framing here");
    }
  }

  private void size(byte b) throws MalformedAnswer {
    int digit = Character.digit(b, 16);
    if (b > 0 && digit >= 0) {
      require(++digits <= SIZE_DIGITS_MAX, "a chunk size too large");
      size = size * 16 + digit;
      return;
    }
    require(digits > 0, "a chunk without a size");
    extension(b);
  }

  private void extension(byte b) throws MalformedAnswer {
    if (b == '\r') {
      state = State.SIZE_LINE_FEED;
    } else if (b == '\n') {
      sizeLineEnded();
    } else {
      boolean begins = state == State.SIZE;
      require(!begins || b == ';' || b == ' ' || b == '\t', "a chunk size that is no number");
      state = State.EXTENSION;
      require(++lineBytes <= LINE_BYTES_MAX, "a chunk extension too long");
    }
  }

  private void sizeLineEnded() {
    if (size == 0) {
      state = State.TRAILER;
      trailerLineEmpty = true;
      trailerBytes = 0;
    } else {
      state = State.DATA;
    }
  }

  private void nextSize() {
    state = State.SIZE;
    digits = 0;
    lineBytes = 0;
  }

  private void trailer(byte b) throws MalformedAnswer {
    require(++trailerBytes <= TRAILER_BYTES_MAX, "trailers too long");
    if (b == '\n') {
      if (trailerLineEmpty) {
        state = State.ENDED;
      }
      trailerLineEmpty = true;
    } else if (b != '\r') {
      trailerLineEmpty = false;
    }
  }

  private static void require(boolean condition, String otherwise) throws MalformedAnswer {
    if (!condition) {
      throw new MalformedAnswer(otherwise);
    }
  }
}
