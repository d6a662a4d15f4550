package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import com.ecohash.ecolink.money.Rates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All prices, present, past and future, at one moment. Immutable. */
public final class PriceBook {
  public static final PriceBook EMPTY = new PriceBook(List.of());

  private final Map<PriceSubject, List<Price>> newestFirst = new HashMap<>();

  public PriceBook(Collection<Price> prices) {
    for (Price price : prices) {
      newestFirst.computeIfAbsent(price.subject(), subject -> new ArrayList<>()).add(price);
    }
    newestFirst
        .values()
        .forEach(list -> list.sort(Comparator.comparing(Price::effectiveFrom).reversed()));
  }

  /** What exchanges with instances of this category are charged by. */
  public static Set<PricedUnit> unitsOf(Category category) {
    Set<PricedUnit> units = EnumSet.copyOf(neededOf(category));
    if (units.contains(PricedUnit.INPUT_TOKENS)) {
      units.add(PricedUnit.CACHED_INPUT_TOKENS);
    }
    return units;
  }

  /**
   * Those of them that need a price, 0 if nothing else, before such an instance is called; cached
   * input tokens cost what input tokens do.
   */
  public static Set<PricedUnit> neededOf(Category category) {
    return switch (category) {
      case CHAT -> EnumSet.of(PricedUnit.INPUT_TOKENS, PricedUnit.OUTPUT_TOKENS);
      case EMBEDDING -> EnumSet.of(PricedUnit.INPUT_TOKENS);
      case IMAGE -> EnumSet.of(PricedUnit.IMAGES);
      case AUDIO_SPEECH, AUDIO_TRANSCRIPTION, VIDEO -> EnumSet.of(PricedUnit.SECONDS);
    };
  }

  /**
   * The prices in force for an exchange with this instance, unit by unit from the narrowest subject
   * that has one; empty if one is missing that its category needs. What the category is not charged
   * by is no price of it.
   */
  public Optional<Rates> ratesFor(Instance instance, Instant at) {
    if (instance.category().isEmpty()) {
      return Optional.empty();
    }
    Category category = instance.category().get();
    Map<PricedUnit, Money> rates = new EnumMap<>(PricedUnit.class);
    collect(new PriceSubject.OfCategory(category), at, rates);
    if (instance.platform()) {
      collect(new PriceSubject.OfModel(instance.name()), at, rates);
    }
    collect(new PriceSubject.OfInstance(instance.id()), at, rates);
    rates.keySet().retainAll(unitsOf(category));
    return rates.keySet().containsAll(neededOf(category))
        ? Optional.of(new Rates(rates))
        : Optional.empty();
  }

  /** What a GPU-hour costs there and then; empty if it has no price. */
  public Optional<Money> gpuPrice(String gpuType, RegionId region, Instant at) {
    Map<PricedUnit, Money> rates = new EnumMap<>(PricedUnit.class);
    collect(new PriceSubject.OfGpuType(gpuType), at, rates);
    collect(new PriceSubject.OfGpuType(gpuType, Optional.of(region)), at, rates);
    return Optional.ofNullable(rates.get(PricedUnit.GPU_HOURS));
  }

  /** The moments within, without the first, from which on another price of GPU time may hold. */
  List<Instant> gpuPriceChanges(String gpuType, RegionId region, Instant after, Instant before) {
    return Stream.of(
            new PriceSubject.OfGpuType(gpuType),
            new PriceSubject.OfGpuType(gpuType, Optional.of(region)))
        .flatMap(subject -> newestFirst.getOrDefault(subject, List.of()).stream())
        .map(Price::effectiveFrom)
        .filter(from -> from.isAfter(after) && from.isBefore(before))
        .toList();
  }

  /**
   * The prices of a GPU's hour in force, by type, in the order of the types; of a type that is
   * priced in some regions only, the lowest.
   */
  public SortedMap<String, Money> gpuHours(Instant at) {
    SortedMap<String, Money> everywhere = new TreeMap<>();
    SortedMap<String, Money> somewhere = new TreeMap<>();
    for (PriceSubject subject : newestFirst.keySet()) {
      if (subject instanceof PriceSubject.OfGpuType of) {
        Map<PricedUnit, Money> rates = new EnumMap<>(PricedUnit.class);
        collect(subject, at, rates);
        SortedMap<String, Money> hours = of.region().isEmpty() ? everywhere : somewhere;
        rates.values().forEach(amount -> hours.merge(of.gpuType(), amount, PriceBook::lower));
      }
    }
    somewhere.putAll(everywhere);
    return somewhere;
  }

  private static Money lower(Money one, Money other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private void collect(PriceSubject subject, Instant at, Map<PricedUnit, Money> rates) {
    List<Price> prices = newestFirst.getOrDefault(subject, List.of());
    for (int i = prices.size() - 1; i >= 0; i--) { // oldest first, so that the newest stays
      Price price = prices.get(i);
      if (!price.effectiveFrom().isAfter(at)) {
        rates.put(price.unit(), price.amount());
      }
    }
  }
}
