package com.ecohash.ecolink.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * The text of a key: {@code eco_}, 32 random characters of 62 (190 bits), and 6 that check them, so
 * that a key with a typing error is refused without a look-up. The check is a CRC-32 in base 62: it
 * guards against accidents, not against people.
 */
public final class ApiKeyText {
  public static final String PREFIX = "eco_";
  private static final char[] ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
  private static final int SECRET_LENGTH = 32;
  private static final int CHECK_LENGTH = 6;
  private static final int LENGTH = PREFIX.length() + SECRET_LENGTH + CHECK_LENGTH;

  private ApiKeyText() {}

  public static String generate(SecureRandom random) {
    StringBuilder text = new StringBuilder(LENGTH).append(PREFIX);
    for (int i = 0; i < SECRET_LENGTH; i++) {
      text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
    }
    return text.append(check(text.toString())).toString();
  }

  /** Whether the text has the form of a key and its check characters are right. */
  public static boolean isWellFormed(String text) {
    if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
      return false;
    }
    int checked = LENGTH - CHECK_LENGTH;
    return text.endsWith(check(text.substring(0, checked)));
  }

  private static String check(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    long rest = crc.getValue();
    char[] digits = new char[CHECK_LENGTH];
    for (int i = CHECK_LENGTH - 1; i >= 0; i--) {
      digits[i] = ALPHABET[(int) (rest % ALPHABET.length)];
      rest /= ALPHABET.length;
    }
    return new String(digits);
  }
}
