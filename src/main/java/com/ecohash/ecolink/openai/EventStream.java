package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

/** What makes an answer a stream of server-sent events (WHATWG HTML, 9.2). */
public final class EventStream {
  private static final String TYPE = "text/event-stream";
  private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(US_ASCII);

  private EventStream() {}

  /** Whether the {@code Content-Type}, which may have parameters, says so. */
  public static boolean is(@Nullable String contentType) {
    return contentType != null && contentType.regionMatches(true, 0, TYPE, 0, TYPE.length());
  }

  /**
   * A comment: nothing to whoever reads events, but something to write on a connection. The blank
   * line is for readers that split a stream at blank lines and no finer.
   */
  public static byte[] keepAlive() {
    return KEEP_ALIVE.clone();
  }
}
