package com.ecohash.ecolink.relay.upstream;

import java.nio.charset.StandardCharsets;

/** A request as it goes on the wire. Its head is made once, however often it is sent. */
public final class UpstreamRequest {
  private final boolean toHead;
  private final byte[] head;
  private final OutgoingBody body;
  private final boolean last;

  private UpstreamRequest(boolean toHead, boolean last, byte[] head, OutgoingBody body) {
    this.toHead = toHead;
    this.last = last;
    this.head = head;
    this.body = body;
  }

  /** A copy of the head as it goes on the wire. */
  public byte[] headBytes() {
    return head.clone();
  }

  byte[] head() {
    return head;
  }

  OutgoingBody body() {
    return body;
  }

  boolean isToHead() {
    return toHead;
  }

  /** Whether it says {@code Connection: close}: no other goes over its connection. */
  boolean isLast() {
    return last;
  }

  /** Writes a head field by field. Values come from a parsed request and hold no line ends. */
  public static final class Builder {
    private final StringBuilder text = new StringBuilder(512);
    private final String method;
    private boolean last;

    public Builder(String method, String target, String authority) {
      this.method = method;
      text.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: ");
      text.append(authority).append("\r\n");
    }

    /**
     * @throws IllegalArgumentException if the value would end the line
     */
    public Builder field(String name, String value) {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '\r' || c == '\n' || c == 0) {
          throw new IllegalArgumentException("a header value with a line end: " + name);
        }
      }
      last |= name.equals("Connection") && value.equals("close");
      text.append(name).append(": ").append(value).append("\r\n");
      return this;
    }

    public UpstreamRequest build(OutgoingBody body) {
      if (body.length() > 0 || method.equals("POST") || method.equals("PUT")) {
        text.append("Content-Length: ").append(body.length()).append("\r\n");
      }
      text.append("\r\n");
      return new UpstreamRequest(
          method.equals("HEAD"), last, text.toString().getBytes(StandardCharsets.ISO_8859_1), body);
    }
  }
}
