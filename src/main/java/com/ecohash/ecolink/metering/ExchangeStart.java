package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.money.Rates;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an exchange before its first byte goes to a container: the journal's begin.
 *
 * @param key empty for the operator and for console sessions
 * @param category empty for a custom-path exchange
 * @param model what the client wrote into {@code model}; empty for a custom-path exchange
 * @param imageSize that the client asked for, if it named one
 * @param rates the prices in force now, by which the exchange will be charged
 */
public record ExchangeStart(
    RequestId id,
    Instant startedAt,
    AccountId account,
    Optional<KeyId> key,
    InstanceId instance,
    Optional<Category> category,
    String model,
    boolean streamed,
    Optional<ImageSize> imageSize,
    Rates rates) {
  /** One that names no size of images. */
  public ExchangeStart(
      RequestId id,
      Instant startedAt,
      AccountId account,
      Optional<KeyId> key,
      InstanceId instance,
      Optional<Category> category,
      String model,
      boolean streamed,
      Rates rates) {
    this(id, startedAt, account, key, instance, category, model, streamed, Optional.empty(), rates);
  }

  /** The same facts for a usage record of another id: what this exchange began and outlasts it. */
  public ExchangeStart under(RequestId newId) {
    return new ExchangeStart(
        newId, startedAt, account, key, instance, category, model, streamed, imageSize, rates);
  }
}
