package com.ecohash.ecolink.console.instances;

import com.ecohash.ecolink.billing.Ledger;
import com.ecohash.ecolink.billing.PriceBook;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.instances.Launch;
import com.ecohash.ecolink.instances.Mode;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;

/** Whether an instance that is charged by time has a price everywhere, and money to begin with. */
@Dependent
public final class LaunchFunds {
  private final Ledger ledger;
  private final CurrentCatalog catalog;
  private final Clock clock;

  @Inject
  public LaunchFunds(Ledger ledger, CurrentCatalog catalog, Clock clock) {
    this.ledger = ledger;
    this.catalog = catalog;
    this.clock = clock;
  }

  /**
   * A container without GPUs spends no GPU-hour, so it needs no price.
   *
   * @throws ApiException 402 if it may not be launched
   */
  void require(Launch launch) {
    int gpus = launch.container().gpuCount();
    if (launch.mode() != Mode.CUSTOM || gpus == 0) {
      return;
    }
    String gpuType =
        launch.container().gpuType().orElseThrow(() -> notPriced("GPUs without a gpu_type have"));
    PriceBook prices = catalog.get().prices();
    boolean costs = false;
    for (RegionId region : launch.endpoints().keySet()) {
      Money price =
          prices
              .gpuPrice(gpuType, region, clock.instant())
              .orElseThrow(() -> notPriced("GPU time of " + gpuType + " in " + region + " has"));
      costs |= price.isPositive();
    }
    if (costs && !ledger.balance(launch.account()).isPositive()) {
      throw new ApiException(
          ErrorType.INSUFFICIENT_BALANCE,
          "The account's balance is used up, and GPU time costs. Top it up under Account →"
              + " Billing.");
    }
  }

  private static ApiException notPriced(String what) {
    return new ApiException(
            ErrorType.MODEL_NOT_PRICED,
            what + " no price yet, so it cannot be launched. Ask the operator to set one.")
        .withParam("gpu_type");
  }
}
