package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.instances.Category;
import java.util.Optional;

/** What a price is for. The narrower subject wins: instance, platform model, category. */
public sealed interface PriceSubject {
  record OfInstance(InstanceId instance) implements PriceSubject {}

  record OfModel(String platformModel) implements PriceSubject {}

  record OfCategory(Category category) implements PriceSubject {}

  /**
   * GPU time; never an exchange.
   *
   * @param region the one it is for, where it goes before the price for all
   */
  record OfGpuType(String gpuType, Optional<RegionId> region) implements PriceSubject {
    public OfGpuType(String gpuType) {
      this(gpuType, Optional.empty());
    }
  }
}
