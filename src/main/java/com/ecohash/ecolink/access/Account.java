package com.ecohash.ecolink.access;

import com.ecohash.ecolink.ids.AccountId;
import java.time.Instant;

/** Who owns users, keys, instances and one balance. The balance is the ledger's, not held here. */
public record Account(AccountId id, String name, Instant createdAt) {}
