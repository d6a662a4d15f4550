package com.ecohash.ecolink.api;

import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A path on a container, as a client wrote it. There is none that two readers could take for
 * different ones: no dot segment, empty segment, parameter, backslash or control character, and
 * nothing that becomes one of these, or a slash, when it is decoded once or several times.
 */
record CustomPath(String raw) {
  private static final int LENGTH_MAX = 8 * 1024;

  /** RFC 3986, section 3.3, without the semicolon. */
  private static final String PLAIN = "-._~!$&'()*+,=:@/%";

  /**
   * @param raw percent-encoded, beginning with a slash
   * @throws ApiException 400 if it could be read in two ways
   */
  static CustomPath of(String raw) {
    if (raw.length() > LENGTH_MAX) {
      throw refused("is longer than " + LENGTH_MAX + " characters");
    }
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      boolean letterOrDigit = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
      if (c >= 128 || (!letterOrDigit && PLAIN.indexOf(c) < 0)) {
        throw refused("holds a character that must be percent-encoded, or a semicolon");
      }
    }
    if (!raw.startsWith("/") || raw.contains("//")) {
      throw refused("has an empty segment");
    }
    refuseDotSegments(raw);
    String decoded = decodedOnce(raw);
    for (String level = decoded, before = raw; !level.equals(before); ) {
      refuseTricks(level, raw);
      before = level;
      level = decodedWherePossible(level);
    }
    return new CustomPath(raw);
  }

  /** Whether this is the given path or lies below it, by whole segments. */
  boolean isWithin(String customApiPath) {
    if (customApiPath.equals("/")) {
      return true;
    }
    String decoded = decodedOnce(raw);
    return decoded.equals(customApiPath) || decoded.startsWith(customApiPath + "/");
  }

  private static void refuseTricks(String decoded, String raw) {
    int slashes = 0;
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      if (c < ' ' || c == 127 || c == '\\' || c == ';') {
        throw refused("holds an encoded control character, backslash or semicolon");
      }
      slashes += c == '/' ? 1 : 0;
    }
    if (slashes != raw.chars().filter(c -> c == '/').count()) {
      throw refused("holds an encoded slash");
    }
    refuseDotSegments(decoded);
  }

  private static void refuseDotSegments(String path) {
    for (String segment : path.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        throw refused("has a dot segment");
      }
    }
  }

  /** Strictly: every escape is one, and the bytes are UTF-8. */
  private static String decodedOnce(String raw) {
    ByteBuffer bytes = ByteBuffer.allocate(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '%') {
        int b = escape(raw, i);
        if (b < 0) {
          throw refused("holds a percent sign that is not followed by two hexadecimal digits");
        }
        bytes.put((byte) b);
        i += 2;
      } else {
        bytes.put((byte) raw.charAt(i));
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw refused("is not UTF-8 when it is decoded");
    }
  }

  /** As a careless reader would go on: what is no escape stays as it is. */
  private static String decodedWherePossible(String text) {
    StringBuilder decoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int b = text.charAt(i) == '%' ? escape(text, i) : -1;
      if (b >= 128) {
        throw refused("holds bytes that are encoded twice"); // in whatever encoding they mean a dot
      }
      if (b < 0) {
        decoded.append(text.charAt(i));
      } else {
        decoded.append((char) b);
        i += 2;
      }
    }
    return decoded.toString();
  }

  private static int escape(String text, int at) {
    if (at + 2 >= text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at + 1), 16);
    int low = Character.digit(text.charAt(at + 2), 16);
    return high < 0 || low < 0 || text.charAt(at + 1) > 127 || text.charAt(at + 2) > 127
        ? -1
        : high * 16 + low;
  }

  private static ApiException refused(String what) {
    return new ApiException(ErrorType.INVALID_REQUEST, "The path " + what + ".");
  }
}
