package com.ecohash.ecolink.access;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.KeyId;
import java.util.List;
import java.util.Optional;

/** The issued keys, as they are kept. Holds no key, only hashes; never forgets a revoked one. */
public interface Keys {
  IssuedKey create(NewKey key);

  /** What became of a revocation. */
  enum Revocation {
    DONE,
    /** It was revoked already; nothing was changed now. */
    DONE_BEFORE,
    /** The account has no such key. */
    NOT_FOUND
  }

  /**
   * The account's keys, revoked ones included, newest first.
   *
   * @param playground whether the Playground's are among them, which usage may name
   * @param before only keys older than this one
   */
  List<IssuedKey> list(AccountId account, boolean playground, Optional<KeyId> before, int limit);

  /** All of them, without the Playground's. */
  default List<IssuedKey> list(AccountId account) {
    return list(account, false, Optional.empty(), Integer.MAX_VALUE);
  }

  /** All of them, with the Playground's. */
  default List<IssuedKey> listWithPlayground(AccountId account) {
    return list(account, true, Optional.empty(), Integer.MAX_VALUE);
  }

  Revocation revoke(AccountId account, KeyId key);
}
