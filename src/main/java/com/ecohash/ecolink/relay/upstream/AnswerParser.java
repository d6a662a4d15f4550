package com.ecohash.ecolink.relay.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Parses one HTTP/1.1 answer after the other (RFC 9112) out of the bytes of a connection, however
 * they are cut. Strict where leniency would let two parties disagree on where an answer ends.
 */
final class AnswerParser {
  /** Takes what was parsed, in order: head, body pieces, end. */
  interface Handler {
    void head(AnswerHead head);

    /** A piece of the body; the array is the caller's and is reused after the call. */
    void body(byte[] bytes, int offset, int length);

    /** The answer is whole. */
    void end();
  }

  private enum State {
    HEAD,
    FIXED_BODY,
    CHUNKED_BODY,
    BODY_UNTIL_CLOSE,
    ENDED
  }

  private final Handler handler;
  private final int headBytesMax;
  private final ChunkedDecoder chunks = new ChunkedDecoder();
  private State state = State.HEAD;
  private boolean answerToHead;
  private boolean reusable;
  private boolean anyByte;
  private long bodyBytesLeft;
  private byte @Nullable [] partialHead;
  private int partialHeadBytes;

  AnswerParser(Handler handler, int headBytesMax) {
    this.handler = handler;
    this.headBytesMax = headBytesMax;
  }

  /** Makes ready for the next answer on the same connection. */
  void expect(boolean toHeadRequest) {
    state = State.HEAD;
    answerToHead = toHeadRequest;
    reusable = false;
    anyByte = false;
    partialHeadBytes = 0;
  }

  /** Whether any byte of the answer has come. */
  boolean hasBegun() {
    return anyByte;
  }

  boolean isHeadWhole() {
    return state != State.HEAD;
  }

  boolean isEnded() {
    return state == State.ENDED;
  }

  /** Whether, after the end, the connection may carry another call. */
  boolean isReusable() {
    return reusable;
  }

  /**
   * Parses what came. Bytes beyond the answer's end make the connection unusable, and are dropped.
   *
   * @throws MalformedAnswer if it is no HTTP/1.1 answer
   */
  void feed(byte[] bytes, int offset, int length) throws MalformedAnswer {
    int at = offset;
    int end = offset + length;
    anyByte |= length > 0;
    while (at < end) {
      switch (state) {
        case HEAD -> at = feedHead(bytes, at, end);
        case FIXED_BODY -> {
          int piece = (int) Math.min(bodyBytesLeft, end - at);
          bodyBytesLeft -= piece;
          handler.body(bytes, at, piece);
          at += piece;
          if (bodyBytesLeft == 0) {
            ended();
          }
        }
        case CHUNKED_BODY -> {
          at = chunks.decode(bytes, at, end, handler);
          if (chunks.isEnded()) {
            ended();
          }
        }
        case BODY_UNTIL_CLOSE -> {
          handler.body(bytes, at, end - at);
          at = end;
        }
        case ENDED -> {
          reusable = false;
          return;
        }
      }
    }
  }

  /**
   * The connection has ended.
   *
   * @return whether the answer is whole
   */
  boolean closed() {
    if (state == State.BODY_UNTIL_CLOSE) {
      state = State.ENDED;
      reusable = false;
      handler.end();
    }
    return state == State.ENDED;
  }

  private void ended() {
    state = State.ENDED;
    handler.end();
  }

  private int feedHead(byte[] bytes, int from, int end) throws MalformedAnswer {
    if (partialHeadBytes == 0) {
      int headEnd = HeadFormat.endOfHead(bytes, from, end);
      if (headEnd >= 0) {
        headEnded(bytes, from, headEnd);
        return headEnd;
      }
    }
    // The head is cut in two: gather it. Rare, so the copy does not matter. One that ends within
    // this piece may be followed by much body, so its limit is checked when its end is known.
    byte[] gathered = gather(bytes, from, end);
    int headEnd = HeadFormat.endOfHead(gathered, 0, partialHeadBytes);
    if (headEnd < 0) {
      if (partialHeadBytes > headBytesMax) {
        throw MalformedAnswer.headTooLarge(headBytesMax);
      }
      return end;
    }
    int beforeThisFeed = partialHeadBytes - (end - from);
    partialHeadBytes = 0;
    partialHead = null;
    headEnded(gathered, 0, headEnd);
    return from + headEnd - beforeThisFeed;
  }

  private byte[] gather(byte[] bytes, int from, int end) {
    int size = partialHeadBytes + end - from;
    byte[] gathered = partialHead == null ? new byte[size] : Arrays.copyOf(partialHead, size);
    System.arraycopy(bytes, from, gathered, partialHeadBytes, end - from);
    partialHead = gathered;
    partialHeadBytes = size;
    return gathered;
  }

  private void headEnded(byte[] bytes, int from, int end) throws MalformedAnswer {
    if (end - from > headBytesMax) {
      throw MalformedAnswer.headTooLarge(headBytesMax);
    }
    AnswerHead head = HeadFormat.parse(bytes, from, end);
    int status = head.status();
    if (status < 200) {
      if (status == 101) {
        throw new MalformedAnswer("an upgrade that nobody asked for");
      }
      return; // 1xx: the real head follows (RFC 9110, section 15.2)
    }
    frame(head);
    head.endsWithConnection(state == State.BODY_UNTIL_CLOSE);
    reusable = !head.isHttp10() && state != State.BODY_UNTIL_CLOSE && !saysClose(head);
    handler.head(head);
    if (state == State.FIXED_BODY && bodyBytesLeft == 0) {
      ended();
    }
  }

  /** Where the body ends: RFC 9112, section 6.3. */
  private void frame(AnswerHead head) throws MalformedAnswer {
    boolean chunked = HeadFormat.isChunked(head);
    long length = HeadFormat.contentLength(head);
    if (chunked && length >= 0) {
      throw new MalformedAnswer("two framings");
    }
    if (head.isWhole(answerToHead)) {
      state = State.FIXED_BODY;
      bodyBytesLeft = 0;
    } else if (chunked) {
      chunks.reset();
      state = State.CHUNKED_BODY;
    } else {
      bodyBytesLeft = length;
      state = length < 0 ? State.BODY_UNTIL_CLOSE : State.FIXED_BODY;
    }
  }

  private static boolean saysClose(AnswerHead head) {
    String connection = head.first("connection");
    return connection != null && connection.toLowerCase(java.util.Locale.ROOT).contains("close");
  }

  /** For log lines: never the content. */
  @Override
  public String toString() {
    return "AnswerParser["
        + state
        + (partialHead == null ? "" : ", " + partialHeadBytes + " bytes of head")
        + "]";
  }

  static String ascii(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
