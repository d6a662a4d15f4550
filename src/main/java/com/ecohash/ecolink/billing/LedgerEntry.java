package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.money.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * One change of an account's balance. Never altered: a correction is another entry.
 *
 * @param id grows along the account's entries, whose order it is
 * @param amount signed: a charge is negative
 * @param request the exchange that was charged
 * @param createdAt when what it books happened
 * @param bookedAt when it was booked
 */
public record LedgerEntry(
    long id,
    AccountId account,
    LedgerKind kind,
    Money amount,
    Money balanceAfter,
    Optional<RequestId> request,
    String description,
    Instant createdAt,
    Instant bookedAt) {}
