package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.instances.Category;

/** What a price is for. The narrower subject wins: instance, platform model, category. */
public sealed interface PriceSubject {
  record OfInstance(InstanceId instance) implements PriceSubject {}

  record OfModel(String platformModel) implements PriceSubject {}

  record OfCategory(Category category) implements PriceSubject {}

  /** GPU time; never an exchange. */
  record OfGpuType(String gpuType) implements PriceSubject {}
}
