package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Optional;

/** JSON strings to text and back. It knows nothing of documents. */
final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  /** The string's JSON form in UTF-8, quotes included; a lone surrogate stays, as its escape. */
  static byte[] quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else {
        append(out, c);
      }
    }
    return out.append('"').toString().getBytes(UTF_8);
  }

  private static void append(StringBuilder out, char c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c < 0x20 || Character.isSurrogate(c)) {
          appendHex(out.append("\\u"), c);
        } else {
          out.append(c);
        }
      }
    }
  }

  private static void appendHex(StringBuilder out, char c) {
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt((c >> shift) & 0xf));
    }
  }

  /**
   * The text of a string's content (what stands between the quotes), whose escapes a scanner has
   * found well-formed; empty if it is not UTF-8.
   */
  static Optional<String> unquote(byte[] b, int from, int to) {
    boolean ascii = true;
    boolean escaped = false;
    for (int i = from; i < to; i++) {
      ascii &= b[i] >= 0;
      escaped |= b[i] == '\\';
    }
    Optional<String> raw =
        ascii ? Optional.of(new String(b, from, to - from, ISO_8859_1)) : utf8(b, from, to);
    return escaped ? raw.map(JsonText::unescape) : raw;
  }

  /** The text of these bytes; empty if they are not UTF-8. */
  static Optional<String> utf8(byte[] b, int from, int to) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(b, from, to - from);
      return Optional.of(UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * What is no escape, in text that nobody has checked, stands for itself without its backslash.
   */
  static String unescape(String raw) {
    StringBuilder out = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\' || i + 1 == raw.length()) {
        out.append(c);
      } else if (isHexEscape(raw, ++i)) {
        out.append((char) Integer.parseInt(raw, i + 1, i + 5, 16));
        i += 4;
      } else {
        out.append(unescaped(raw.charAt(i)));
      }
    }
    return out.toString();
  }

  private static boolean isHexEscape(String raw, int at) {
    return raw.charAt(at) == 'u'
        && at + 5 <= raw.length()
        && raw.substring(at + 1, at + 5).chars().allMatch(HexFormat::isHexDigit);
  }

  private static char unescaped(char c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }
}
