package com.ecohash.ecolink.access;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.KeyId;
import java.util.List;

/** The issued keys, as they are kept. Holds no key, only hashes; never forgets a revoked one. */
public interface Keys {
  IssuedKey create(NewKey key);

  /** The account's keys, revoked ones included, newest first; without the Playground's. */
  List<IssuedKey> list(AccountId account);

  /** The same with the Playground's, which usage may name. */
  List<IssuedKey> listWithPlayground(AccountId account);

  /**
   * Revokes a key; revoking it again changes nothing.
   *
   * @return whether the account has such a key
   */
  boolean revoke(AccountId account, KeyId key);
}
