package com.ecohash.ecolink.openai;

/**
 * Why bytes are not the JSON object that was expected. The position counts bytes from zero, a byte
 * order mark included; the detail is half a sentence for people ({@code unexpected '}'}).
 */
public record JsonFault(Reason reason, long position, String detail) {
  /** What kind of fault; only {@link #TRUNCATED} and {@link #EMPTY} are found at the end. */
  public enum Reason {
    EMPTY,
    NOT_JSON,
    NOT_AN_OBJECT,
    TRUNCATED,
    TOO_DEEP
  }

  static JsonFault unexpected(byte found, long position) {
    return new JsonFault(Reason.NOT_JSON, position, "unexpected " + shown(found));
  }

  private static String shown(byte found) {
    return found > ' ' && found < 0x7f
        ? "'" + (char) found + "'"
        : "byte 0x%02x".formatted(found & 0xff);
  }
}
