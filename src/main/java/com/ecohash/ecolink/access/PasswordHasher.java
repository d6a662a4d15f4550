package com.ecohash.ecolink.access;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.text.Normalizer;

/**
 * Hashes people's passwords with Argon2id, at the cost that OWASP's password storage sheet gives as
 * its minimum: 19 MiB, two passes, one lane; some tens of milliseconds. What can be typed in two
 * ways is one password (NFKC, as NIST SP 800-63B asks for).
 */
public final class PasswordHasher {
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private final Argon2Function argon2 =
      Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);

  /** The hash with its salt and cost, as text. */
  public String hash(String password) {
    return Password.hash(normalized(password)).addRandomSalt(SALT_BYTES).with(argon2).getResult();
  }

  /** Whether {@code hash}, which may be of another cost, is of this password. */
  public boolean matches(String password, String hash) {
    return Password.check(normalized(password), hash)
        .with(Argon2Function.getInstanceFromHash(hash));
  }

  private static String normalized(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }
}
