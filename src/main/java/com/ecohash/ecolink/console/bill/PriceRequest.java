package com.ecohash.ecolink.console.bill;

import com.ecohash.ecolink.billing.Price;
import com.ecohash.ecolink.billing.PriceBook;
import com.ecohash.ecolink.billing.PriceSubject;
import com.ecohash.ecolink.console.CategoryMember;
import com.ecohash.ecolink.console.TextMember;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.metering.ImageSize;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import com.ecohash.ecolink.openai.ApiException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A price to be set, as it is asked for: exactly one of the first four says what it is for.
 *
 * @param region of GPU time: the one it is for, all if it is left out
 * @param size of images, such as {@code 1024x1024}: the one it is for, all if it is left out
 */
public record PriceRequest(
    Optional<String> category,
    Optional<Long> instanceId,
    Optional<String> model,
    Optional<String> gpuType,
    Optional<String> region,
    Optional<String> unit,
    Optional<String> size,
    Optional<Money> amount,
    Optional<Instant> effectiveFrom) {
  /**
   * @throws ApiException that says what is wrong and what to write
   */
  Price check(Clock clock, BillingSettings settings) {
    PriceSubject subject = subject();
    PricedUnit pricedUnit =
        unit.flatMap(PricedUnit::ofWireName)
            .orElseThrow(
                () ->
                    ApiException.invalidRequest(
                        "unit", "The unit is one of " + names(EnumSet.allOf(PricedUnit.class))));
    requireFitting(unitsOf(subject), pricedUnit);
    return new Price(
        subject,
        pricedUnit,
        imageSize(pricedUnit),
        amount(settings),
        effectiveFrom.orElseGet(clock::instant).truncatedTo(ChronoUnit.MICROS)); // as it is stored
  }

  private Money amount(BillingSettings settings) {
    Money asked =
        amount
            .filter(money -> money.compareTo(Money.ZERO) >= 0)
            .orElseThrow(
                () ->
                    ApiException.invalidRequest(
                        "amount", "The amount is a decimal string in USD, \"0.0375\"."));
    if (asked.compareTo(settings.priceMax()) > 0) {
      throw ApiException.invalidRequest(
          "amount",
          "A price is " + settings.priceMax() + " USD at most (" + settings.priceMaxKey() + ").");
    }
    return asked;
  }

  private Optional<ImageSize> imageSize(PricedUnit pricedUnit) {
    if (size.isPresent() && pricedUnit != PricedUnit.IMAGES) {
      throw ApiException.invalidRequest(
          "size", "Only images are priced by size: leave size out, or give the unit images.");
    }
    Optional<ImageSize> parsed = size.flatMap(ImageSize::parse);
    if (size.isPresent() && parsed.isEmpty()) {
      throw ApiException.invalidRequest(
          "size", "A size is a width and a height in pixels, \"1024x1024\".");
    }
    return parsed;
  }

  private PriceSubject subject() {
    List<PriceSubject> subjects = new ArrayList<>();
    category.ifPresent(name -> subjects.add(new PriceSubject.OfCategory(CategoryMember.of(name))));
    instanceId.ifPresent(id -> subjects.add(new PriceSubject.OfInstance(instance(id))));
    new TextMember("model", model)
        .optional(128)
        .ifPresent(name -> subjects.add(new PriceSubject.OfModel(name)));
    new TextMember("gpu_type", gpuType)
        .optional(64)
        .ifPresent(name -> subjects.add(new PriceSubject.OfGpuType(name, pricedRegion())));
    if (gpuType.isEmpty() && region.isPresent()) {
      throw ApiException.invalidRequest(
          "region", "Only GPU time is priced by region: give a gpu_type, or leave region out.");
    }
    if (subjects.size() != 1) {
      throw ApiException.invalidRequest(
          "A price is for exactly one of category, instance_id, model, gpu_type.");
    }
    return subjects.get(0);
  }

  private Optional<RegionId> pricedRegion() {
    try {
      return region.map(RegionId::new);
    } catch (IllegalArgumentException e) {
      throw ApiException.invalidRequest("region", "There is no such region.");
    }
  }

  private static InstanceId instance(long id) {
    if (id <= 0) {
      throw ApiException.invalidRequest("instance_id", "There is no such instance.");
    }
    return new InstanceId(id);
  }

  /**
   * @throws ApiException if instances of the category are not charged by this unit
   */
  static void requireFitting(Category category, PricedUnit unit) {
    requireFitting(PriceBook.unitsOf(category), unit);
  }

  private static void requireFitting(Set<PricedUnit> fitting, PricedUnit unit) {
    if (!fitting.contains(unit)) {
      throw ApiException.invalidRequest(
          "unit", "What this price is for is charged by " + names(fitting));
    }
  }

  private static Set<PricedUnit> unitsOf(PriceSubject subject) {
    if (subject instanceof PriceSubject.OfGpuType) {
      return EnumSet.of(PricedUnit.GPU_HOURS);
    }
    if (subject instanceof PriceSubject.OfCategory of) {
      return PriceBook.unitsOf(of.category());
    }
    return EnumSet.complementOf(EnumSet.of(PricedUnit.GPU_HOURS));
  }

  private static String names(Set<PricedUnit> units) {
    return units.stream().map(PricedUnit::wireName).collect(Collectors.joining(", ")) + ".";
  }
}
