package com.ecohash.ecolink.api;

import com.ecohash.ecolink.billing.Balances;
import com.ecohash.ecolink.billing.PriceBook;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Mode;
import com.ecohash.ecolink.metering.ImageSize;
import com.ecohash.ecolink.money.PricedUnit;
import com.ecohash.ecolink.money.Rates;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import com.ecohash.ecolink.openai.ModelReference;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a caller may use what it names, and can pay for it: from memory alone. */
public final class Admission {
  /**
   * What a model's name leads to.
   *
   * @param model the name as the container knows it
   */
  record Target(Instance instance, String model) {}

  private final CurrentCatalog catalog;
  private final Balances balances;

  public Admission(CurrentCatalog catalog, Balances balances) {
    this.catalog = catalog;
    this.balances = balances;
  }

  /**
   * Finds the instance that a request is for.
   *
   * @throws ApiException 404, 403, 400 or 503 (SPEC 2.1.2 and 2.1.3)
   */
  Target resolve(AccountId caller, String model, Category category) {
    if (model.chars().anyMatch(Character::isISOControl)) {
      throw ApiException.invalidRequest("model", "`model` holds a control character.");
    }
    Target target = find(ModelReference.parse(model));
    Instance instance = target.instance();
    if (!instance.platform() && !instance.account().equals(caller)) {
      throw belongsToAnother(instance);
    }
    if (instance.mode() == Mode.CUSTOM) {
      throw new ApiException(
          ErrorType.WRONG_ENDPOINT,
          "The instance "
              + instance.id()
              + " is not OpenAI-compatible. Call /inference-instances/"
              + instance.id()
              + "/proxy"
              + instance.customApiPath().orElse("/")
              + " instead.");
    }
    Category serves = instance.category().orElseThrow();
    if (serves != category) {
      throw new ApiException(
          ErrorType.WRONG_ENDPOINT,
          "`"
              + instance.modelReference()
              + "` serves "
              + serves.wireName()
              + ". Call POST "
              + serves.endpoint()
              + " instead.");
    }
    requireRunning(instance);
    return target;
  }

  /**
   * Finds the instance that a request of the custom path is for.
   *
   * @return one that may have ended, to be asked for by {@link #requireRunning}
   * @throws ApiException 404, 403 or 400 (SPEC 2.2)
   */
  Instance resolve(AccountId caller, InstanceId id, CustomPath path) {
    Instance instance =
        catalog
            .get()
            .instances()
            .findEver(id)
            .orElseThrow(
                () ->
                    new ApiException(
                        ErrorType.NOT_FOUND,
                        "There is no instance " + id + "; GET /api/instances lists yours."));
    if (!instance.account().equals(caller)) {
      throw belongsToAnother(instance);
    }
    if (instance.mode() == Mode.OPENAI) {
      throw new ApiException(
          ErrorType.WRONG_ENDPOINT,
          "The instance "
              + id
              + " is OpenAI-compatible. Call POST "
              + instance.category().orElseThrow().endpoint()
              + " with the model `"
              + instance.modelReference()
              + "` instead.");
    }
    String customApiPath = instance.customApiPath().orElse("/");
    if (!path.isWithin(customApiPath)) {
      throw new ApiException(
          ErrorType.NOT_FOUND,
          "The instance " + id + " is reached at " + customApiPath + " and below only.");
    }
    return instance;
  }

  private static ApiException belongsToAnother(Instance instance) {
    return new ApiException(
        ErrorType.FORBIDDEN,
        "The instance " + instance.id() + " belongs to another account. Use a key of its owner.");
  }

  /**
   * @throws ApiException 503 if it cannot be called now
   */
  static void requireRunning(Instance instance) {
    if (!instance.state().isCalled()) {
      throw new ApiException(
          ErrorType.INSTANCE_NOT_RUNNING,
          "The instance "
              + instance.id()
              + " is not running; its state is "
              + instance.state().wireName()
              + ".");
    }
  }

  private Target find(ModelReference reference) {
    if (reference instanceof ModelReference.Instance named) {
      Instance instance =
          catalog
              .get()
              .instances()
              .findEver(new InstanceId(named.instanceId()))
              .orElseThrow(() -> ApiException.modelNotFound(reference));
      return new Target(instance, named.model());
    }
    if (reference instanceof ModelReference.Platform platform) {
      Instance instance =
          catalog
              .get()
              .instances()
              .platformModel(platform.name())
              .orElseThrow(() -> ApiException.modelNotFound(reference));
      return new Target(instance, platform.name());
    }
    throw new IllegalStateException("a reference of an unknown form");
  }

  /**
   * The prices in force for the exchange.
   *
   * @param imageSize that it asks for
   * @throws ApiException 402 if one is missing, or nothing to pay with
   */
  Rates requireFunds(Exchange exchange, Instance instance, Optional<ImageSize> imageSize) {
    Optional<Rates> rates =
        catalog.get().prices().ratesFor(instance, exchange.startedAt(), imageSize);
    if (rates.isEmpty()) {
      throw new ApiException(
          ErrorType.MODEL_NOT_PRICED,
          "`"
              + instance.modelReference()
              + "` has no price yet for "
              + needed(instance)
              + ", so it cannot be called. Ask the operator to set one.");
    }
    requireBalance(exchange);
    return rates.get();
  }

  private static String needed(Instance instance) {
    return instance.category().map(PriceBook::neededOf).stream()
        .flatMap(Set::stream)
        .map(PricedUnit::wireName)
        .collect(Collectors.joining(" and "));
  }

  /**
   * @throws ApiException 402 if there is nothing to pay with
   */
  void requireBalance(Exchange exchange) {
    if (!balances.available(exchange.caller().account()).isPositive()) {
      throw new ApiException(
          ErrorType.INSUFFICIENT_BALANCE,
          "The account's balance is used up. Top it up under Account → Billing.");
    }
  }
}
