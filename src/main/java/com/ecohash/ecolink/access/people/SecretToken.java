package com.ecohash.ecolink.access.people;

import com.ecohash.ecolink.access.KeyHash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * 256 random bits that a browser or a link holds and the store does not: only their {@link #hash()}
 * is kept. Further secrets are derived from it, so that they need not be kept either.
 */
public final class SecretToken {
  /** Characters of its text. */
  public static final int LENGTH = 43;

  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final String MAC = "HmacSHA256";

  private final String text;

  private SecretToken(String text) {
    this.text = text;
  }

  public static SecretToken generate(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new SecretToken(encoded(bytes));
  }

  /** Empty if the text does not have the form of one. */
  public static Optional<SecretToken> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new SecretToken(text)) : Optional.empty();
  }

  /** The token itself: for its holder alone, never for a log or the store. */
  public String text() {
    return text;
  }

  /** What is stored, and by what a token that comes in is looked up. */
  public KeyHash hash() {
    return KeyHash.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Another secret for this purpose, 43 characters, from which the token cannot be found. */
  public String derive(String purpose) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), MAC));
      return encoded(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + MAC, e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "SecretToken[…]"; // never the token
  }
}
