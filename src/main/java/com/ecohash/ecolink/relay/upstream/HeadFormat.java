package com.ecohash.ecolink.relay.upstream;

/** The form of an answer's head: status line and header fields (RFC 9112, sections 4 and 5). */
final class HeadFormat {
  private static final boolean[] TOKEN = new boolean[128];

  static {
    for (char c = '0'; c <= 'z'; c++) {
      TOKEN[c] = Character.isLetterOrDigit(c);
    }
    for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
      TOKEN[c] = true;
    }
  }

  private HeadFormat() {}

  /** The index after the empty line that ends a head, or −1. A bare line feed ends a line too. */
  static int endOfHead(byte[] bytes, int from, int end) {
    for (int i = from; i < end; i++) {
      if (bytes[i] == '\n') {
        int next = i + 1;
        if (next < end && bytes[next] == '\r') {
          next++;
        }
        if (next < end && bytes[next] == '\n') {
          return next + 1;
        }
      }
    }
    return -1;
  }

  static AnswerHead parse(byte[] bytes, int from, int end) throws MalformedAnswer {
    int lineEnd = endOfLine(bytes, from, end);
    AnswerHead head = statusLine(bytes, from, lineEnd);
    int at = afterLine(bytes, lineEnd);
    while (at < end) {
      lineEnd = endOfLine(bytes, at, end);
      if (lineEnd == at) {
        return head;
      }
      field(bytes, at, lineEnd, head);
      at = afterLine(bytes, lineEnd);
    }
    return head;
  }

  private static AnswerHead statusLine(byte[] bytes, int from, int end) throws MalformedAnswer {
    // HTTP/1.1 200 OK
    if (end - from < 12
        || bytes[from] != 'H'
        || bytes[from + 1] != 'T'
        || bytes[from + 2] != 'T'
        || bytes[from + 3] != 'P'
        || bytes[from + 4] != '/'
        || bytes[from + 5] != '1'
        || bytes[from + 6] != '.'
        || bytes[from + 8] != ' '
        || (end - from > 12 && bytes[from + 12] != ' ')) {
      throw new MalformedAnswer("no HTTP/1.x status line");
    }
    int status = 0;
    for (int i = from + 9; i < from + 12; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        throw new MalformedAnswer("a status that is no number");
      }
      status = status * 10 + digit;
    }
    if (status < 100) {
      throw new MalformedAnswer("a status below 100");
    }
    return new AnswerHead(status, bytes[from + 7] == '0');
  }

  private static void field(byte[] bytes, int from, int end, AnswerHead head)
      throws MalformedAnswer {
    int colon = from;
    while (colon < end && bytes[colon] != ':') {
      if (bytes[colon] < 0 || !TOKEN[bytes[colon]]) {
        throw new MalformedAnswer("a header name that is no token");
      }
      colon++;
    }
    if (colon == from || colon == end) {
      throw new MalformedAnswer("a header line without a name");
    }
    int valueFrom = colon + 1;
    while (valueFrom < end && isBlank(bytes[valueFrom])) {
      valueFrom++;
    }
    int valueEnd = end;
    while (valueEnd > valueFrom && isBlank(bytes[valueEnd - 1])) {
      valueEnd--;
    }
    for (int i = valueFrom; i < valueEnd; i++) {
      if (bytes[i] == 0 || bytes[i] == '\r') {
        throw new MalformedAnswer("a control character in a header value");
      }
    }
    head.add(
        AnswerParser.ascii(bytes, from, colon), AnswerParser.ascii(bytes, valueFrom, valueEnd));
  }

  /** The length in {@code Content-Length}, −1 if there is none. Several must agree. */
  static long contentLength(AnswerHead head) throws MalformedAnswer {
    long length = -1;
    for (int i = 0; i < head.fieldCount(); i++) {
      if (head.name(i).equalsIgnoreCase("content-length")) {
        String value = head.value(i);
        if (value.isEmpty() || value.length() > 18) {
          throw new MalformedAnswer("a length that is no number");
        }
        long number = 0;
        for (int at = 0; at < value.length(); at++) {
          int digit = value.charAt(at) - '0';
          if (digit < 0 || digit > 9) {
            throw new MalformedAnswer("a length that is no number");
          }
          number = number * 10 + digit;
        }
        if (length >= 0 && number != length) {
          throw new MalformedAnswer("two lengths");
        }
        length = number;
      }
    }
    return length;
  }

  /**
   * Whether the body comes in chunks. Any other transfer coding, and several, are refused: nobody
   * asked for them (RFC 9112, section 6.1).
   */
  static boolean isChunked(AnswerHead head) throws MalformedAnswer {
    boolean chunked = false;
    for (int i = 0; i < head.fieldCount(); i++) {
      if (head.name(i).equalsIgnoreCase("transfer-encoding")) {
        if (chunked || !head.value(i).equalsIgnoreCase("chunked")) {
          throw new MalformedAnswer("a transfer coding other than chunked");
        }
        chunked = true;
      }
    }
    return chunked;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** The index of the line's end: of its carriage return, or of its line feed if it has none. */
  private static int endOfLine(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] != '\n') {
      i++;
    }
    return i > from && bytes[i - 1] == '\r' ? i - 1 : i;
  }

  private static int afterLine(byte[] bytes, int lineEnd) {
    return bytes[lineEnd] == '\r' ? lineEnd + 2 : lineEnd + 1;
  }
}
