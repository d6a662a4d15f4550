package com.ecohash.ecolink.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the console as it is served: its bytes, the same compressed, and what a browser needs
 * to know of it. Kept in memory, as all of them together are smaller than one picture.
 */
final class ConsoleFile {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "svg", "image/svg+xml");

  private static final int ETAG_BYTES = 12;

  private final String type;
  private final byte[] plain;
  private final byte[] compressed;
  private final String etag;

  private ConsoleFile(String type, byte[] plain, byte[] compressed, String etag) {
    this.type = type;
    this.plain = plain;
    this.compressed = compressed;
    this.etag = etag;
  }

  static ConsoleFile read(String path, InputStream content) throws IOException {
    byte[] plain = content.readAllBytes();
    String ending = path.substring(path.lastIndexOf('.') + 1);
    return new ConsoleFile(
        TYPES.getOrDefault(ending, "text/plain;charset=utf-8"),
        plain,
        compress(plain),
        etag(plain));
  }

  private static byte[] compress(byte[] plain) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  /** Weak, as the same one stands for both encodings (RFC 9110, section 8.8.1). */
  private static String etag(byte[] plain) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(plain);
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
      return "W/\"" + text.substring(0, ETAG_BYTES) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  String type() {
    return type;
  }

  String etag() {
    return etag;
  }

  byte[] bytes(boolean gzip) {
    return gzip ? compressed : plain;
  }
}
