package com.ecohash.ecolink.access;

import java.util.Locale;

/**
 * An account to be made, with its owner. Holds no password, only its hash.
 *
 * @param ownerEmail kept in lower case, so that nobody signs up twice
 * @param ownerPasswordHash as {@link PasswordHasher} made it
 */
public record NewAccount(String name, String ownerEmail, String ownerPasswordHash) {
  public NewAccount {
    ownerEmail = ownerEmail.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "NewAccount[" + name + ", " + ownerEmail + "]"; // never the hash
  }
}
