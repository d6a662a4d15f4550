package com.ecohash.ecolink.access;

import com.ecohash.ecolink.ids.AccountId;
import java.util.List;
import java.util.Optional;

/** The accounts, as they are kept. Never deletes one. */
public interface Accounts {
  /** Makes an account with its owner; empty if somebody has this e-mail address already. */
  Optional<Account> create(NewAccount account);

  Optional<Account> find(AccountId id);

  /**
   * The accounts, by id.
   *
   * @param after only accounts younger than this one
   */
  List<Account> list(Optional<AccountId> after, int limit);
}
