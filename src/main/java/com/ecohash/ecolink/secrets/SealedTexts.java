package com.ecohash.ecolink.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Texts encrypted by AES-256-GCM, as they are stored: {@code enc:1:<key's name>:<base64 of nonce,
 * cipher text and tag>}. Each is bound to the place where it belongs, so that one moved elsewhere
 * does not open. A text without that beginning is one from before there was encryption.
 */
public final class SealedTexts {
  private static final String BEGINNING = "enc:1:";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** No key at all: opens plain texts, seals nothing. */
  public static final SealedTexts WITHOUT_KEY = new SealedTexts(List.of());

  private final List<SecretKeyBytes> keys;
  private final SecureRandom random = new SecureRandom();

  private SealedTexts(List<SecretKeyBytes> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * @param present seals
   * @param previous opens what was sealed before the present key came; empty outside of a rotation
   */
  public static SealedTexts by(SecretKeyBytes present, Optional<SecretKeyBytes> previous) {
    return new SealedTexts(
        previous.map(older -> List.of(present, older)).orElseGet(() -> List.of(present)));
  }

  public boolean canSeal() {
    return !keys.isEmpty();
  }

  /**
   * @param place what the text belongs to; the same is needed to open it
   * @throws IllegalStateException without a key
   */
  public String seal(String text, String place) {
    if (keys.isEmpty()) {
      throw new IllegalStateException("there is no key to encrypt with");
    }
    SecretKeyBytes key = keys.get(0);
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed =
        run(Cipher.ENCRYPT_MODE, key, nonce, text.getBytes(StandardCharsets.UTF_8), place)
            .orElseThrow(() -> new IllegalStateException("AES-GCM does not encrypt here"));
    byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
    return BEGINNING + key.name() + ":" + Base64.getEncoder().encodeToString(all);
  }

  /** The text; empty if no key at hand opens it, or it belongs to another place. */
  public Optional<String> open(String stored, String place) {
    if (!stored.startsWith(BEGINNING)) {
      return Optional.of(stored);
    }
    String[] nameAndBytes = stored.substring(BEGINNING.length()).split(":", 2);
    return keys.stream()
        .filter(key -> nameAndBytes.length == 2 && key.name().equals(nameAndBytes[0]))
        .findFirst()
        .flatMap(key -> open(key, nameAndBytes[1], place));
  }

  /** Whether a stored text is to be sealed anew: it is plain, or under the previous key. */
  public boolean isOutdated(String stored) {
    return canSeal() && !stored.startsWith(BEGINNING + keys.get(0).name() + ":");
  }

  private static Optional<String> open(SecretKeyBytes key, String base64, String place) {
    byte[] all;
    try {
      all = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (all.length < NONCE_BYTES) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
    byte[] sealed = Arrays.copyOfRange(all, NONCE_BYTES, all.length);
    return run(Cipher.DECRYPT_MODE, key, nonce, sealed, place)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** Empty if the bytes are not what this key has sealed for this place. */
  private static Optional<byte[]> run(
      int mode, SecretKeyBytes key, byte[] nonce, byte[] input, String place) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return Optional.of(cipher.doFinal(input));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }
}
