package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;

/**
 * Writes the error object that OpenAI's SDKs read, as a body or as an event of a stream. Nothing
 * else writes it, and it writes nothing but what the {@link ApiException} holds.
 */
public final class ErrorJson {
  private static final byte[] NULL = "null".getBytes(US_ASCII);

  private ErrorJson() {}

  /** {@code {"error":{"message":…,"type":…,"param":…,"code":…}}} */
  public static byte[] body(ApiException e) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(192);
    write(e, out);
    return out.toByteArray();
  }

  /**
   * The same object as one server-sent event, blank line included: for when the status has gone
   * out.
   */
  public static byte[] event(ApiException e) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(192);
    ascii(out, "data: ");
    write(e, out);
    ascii(out, "\n\n");
    return out.toByteArray();
  }

  private static void write(ApiException e, ByteArrayOutputStream out) {
    ascii(out, "{\"error\":{\"message\":");
    out.writeBytes(JsonText.quote(e.getMessage()));
    ascii(out, ",\"type\":");
    out.writeBytes(JsonText.quote(e.type().type()));
    ascii(out, ",\"param\":");
    out.writeBytes(e.param().map(JsonText::quote).orElse(NULL));
    ascii(out, ",\"code\":");
    out.writeBytes(JsonText.quote(e.type().code()));
    ascii(out, "}}");
  }

  private static void ascii(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(US_ASCII));
  }
}
