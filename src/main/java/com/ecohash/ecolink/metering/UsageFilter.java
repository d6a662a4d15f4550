package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.KeyId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which usage of an account is asked for.
 *
 * @param from exchanges that started then or later; sums begin with the hour it lies in
 * @param to exchanges that started before; sums end with the hour it lies in
 */
public record UsageFilter(
    AccountId account,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<InstanceId> instance,
    Optional<KeyId> key) {
  /** All there is of an account. */
  public static UsageFilter of(AccountId account) {
    return new UsageFilter(
        account, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  public UsageFilter between(Instant from, Instant to) {
    return new UsageFilter(account, Optional.of(from), Optional.of(to), instance, key);
  }
}
