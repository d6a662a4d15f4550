package com.ecohash.ecolink.access;

import com.ecohash.ecolink.access.people.Session;
import com.ecohash.ecolink.ids.AccountId;
import java.util.Optional;

/** Who calls the management API. Only those who may call it at all become one. */
public sealed interface Caller {
  /** The account whose things are meant; empty for an operator who named none. */
  Optional<AccountId> account();

  /**
   * The operator.
   *
   * @param account the one the operator acts for
   */
  record Operator(Optional<AccountId> account) implements Caller {}

  /** Somebody with a key of scope {@link Scope#MANAGE}. */
  record KeyHolder(ApiKey key) implements Caller {
    @Override
    public Optional<AccountId> account() {
      return Optional.of(key.account());
    }
  }

  /** Somebody who is signed in; only an owner may change who and what belongs to the account. */
  record Person(Session session) implements Caller {
    @Override
    public Optional<AccountId> account() {
      return Optional.of(session.user().account());
    }

    public boolean isOwner() {
      return session.user().role() == Role.OWNER;
    }
  }
}
