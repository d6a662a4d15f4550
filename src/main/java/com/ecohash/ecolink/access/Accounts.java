package com.ecohash.ecolink.access;

import com.ecohash.ecolink.ids.AccountId;
import java.util.List;
import java.util.Optional;

/** The accounts, as they are kept. Never deletes one. */
public interface Accounts {
  /** Makes an account with its owner; empty if somebody has this e-mail address already. */
  Optional<Account> create(NewAccount account);

  Optional<Account> find(AccountId id);

  /** All, by id. */
  List<Account> list();
}
