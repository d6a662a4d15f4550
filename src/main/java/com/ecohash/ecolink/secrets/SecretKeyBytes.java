package com.ecohash.ecolink.secrets;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key of 256 bits for AES, and a name for it that gives nothing of it away. */
public final class SecretKeyBytes {
  private static final int BYTES = 32;
  private static final int NAME_BYTES = 4;

  private final SecretKey key;
  private final String name;

  private SecretKeyBytes(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, "AES");
    this.name = name(bytes);
  }

  /**
   * @param base64 of 32 bytes, as {@code openssl rand -base64 32} makes them
   * @throws IllegalArgumentException if it is anything else; the message does not repeat it
   */
  public static SecretKeyBytes parse(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw wrongForm();
    }
    if (bytes.length != BYTES) {
      throw wrongForm();
    }
    return new SecretKeyBytes(bytes);
  }

  private static IllegalArgumentException wrongForm() {
    return new IllegalArgumentException(
        "a key is 32 bytes in base64, such as `openssl rand -base64 32` prints");
  }

  /** A new one, in the form that {@link #parse} reads. */
  static String generate(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  SecretKey key() {
    return key;
  }

  /** Eight hexadecimal digits that tell this key from others. */
  String name() {
    return name;
  }

  private static String name(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("ecolink key name:".getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest(bytes), 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "SecretKeyBytes[" + name + "]"; // never the key
  }
}
