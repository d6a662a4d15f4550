package com.ecohash.ecolink.access;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The SHA-256 of a key: what is stored, and by what a key that comes in is looked up. */
public final class KeyHash {
  private final byte[] sha256;

  private KeyHash(byte[] sha256) {
    this.sha256 = sha256;
  }

  /** Hashes the bytes of a key. */
  public static KeyHash of(byte[] key) {
    try {
      return new KeyHash(MessageDigest.getInstance("SHA-256").digest(key));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * @throws IllegalArgumentException if it is not 64 hexadecimal digits
   */
  public static KeyHash ofHex(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (bytes.length != 32) {
      throw new IllegalArgumentException("a SHA-256 has 64 hexadecimal digits");
    }
    return new KeyHash(bytes);
  }

  public String hex() {
    return HexFormat.of().formatHex(sha256);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyHash hash && MessageDigest.isEqual(sha256, hash.sha256);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sha256);
  }

  @Override
  public String toString() {
    return "KeyHash[" + hex().substring(0, 8) + "…]";
  }
}
