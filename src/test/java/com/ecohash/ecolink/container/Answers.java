package com.ecohash.ecolink.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Answers of containers, framing and all, as text whose characters are bytes: what a test says is
 * what goes over the wire.
 */
final class Answers {
  static final String OK = "HTTP/1.1 200 OK\r\n";
  static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
  static final String LAST_CHUNK = "0\r\n\r\n";
  static final String DONE = "data: [DONE]\n\n";

  /** The head of a stream in chunks. */
  static final String STREAM = OK + "Content-Type: text/event-stream\r\n" + CHUNKED;

  /** The head of a stream that ends with its connection. */
  static final String STREAM_UNTIL_CLOSE = OK + "Content-Type: text/event-stream\r\n\r\n";

  /** The head of an object in chunks. */
  static final String OBJECT = OK + "Content-Type: application/json\r\n" + CHUNKED;

  /** An event that reports trouble, with a number for a code as llama.cpp has it. */
  static final String ERROR =
      "data: {\"error\":{\"code\":500,\"message\":\"out of memory\",\"type\":\"server_error\"}}\n\n";

  private Answers() {}

  static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  /** The bytes that this text has in UTF-8, a character each. */
  static String utf8(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  /** An event with some of the generated text. */
  static String token(String text) {
    return event(
        "{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}", "");
  }

  /** The event that says why the text ends. */
  static String finish() {
    return event("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}", "");
  }

  /** An event with these choices and more members. */
  static String event(String choices, String members) {
    return "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"choices\":["
        + choices
        + "]"
        + members
        + "}\n\n";
  }

  /** The member that reports so many tokens. */
  static String usage(int input, int output) {
    return ",\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
        .formatted(input, output, input + output);
  }

  /** An answer with this body and its length. */
  static String withLength(String head, String type, String body) {
    return "%sContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(head, type, body.length(), body);
  }
}
