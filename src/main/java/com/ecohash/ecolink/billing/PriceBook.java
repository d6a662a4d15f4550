package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.metering.ImageSize;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import com.ecohash.ecolink.money.Rates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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

  private static final Set<PricedUnit> EMBEDDING = units(PricedUnit.INPUT_TOKENS);
  private static final Set<PricedUnit> CACHED_EMBEDDING =
      units(PricedUnit.INPUT_TOKENS, PricedUnit.CACHED_INPUT_TOKENS);
  private static final Set<PricedUnit> CHAT =
      units(PricedUnit.INPUT_TOKENS, PricedUnit.OUTPUT_TOKENS);
  private static final Set<PricedUnit> CACHED_CHAT =
      units(PricedUnit.INPUT_TOKENS, PricedUnit.CACHED_INPUT_TOKENS, PricedUnit.OUTPUT_TOKENS);
  private static final Set<PricedUnit> IMAGES = units(PricedUnit.IMAGES);
  private static final Set<PricedUnit> SECONDS = units(PricedUnit.SECONDS);

  private final Map<PriceSubject, List<Price>> newestFirst = new HashMap<>();

  public PriceBook(Collection<Price> prices) {
    for (Price price : prices) {
      newestFirst.computeIfAbsent(price.subject(), subject -> new ArrayList<>()).add(price);
    }
    newestFirst
        .values()
        .forEach(list -> list.sort(Comparator.comparing(Price::effectiveFrom).reversed()));
  }

  private static Set<PricedUnit> units(PricedUnit first, PricedUnit... others) {
    return Collections.unmodifiableSet(EnumSet.of(first, others));
  }

  /** What exchanges with instances of this category are charged by. */
  public static Set<PricedUnit> unitsOf(Category category) {
    return switch (category) {
      case CHAT -> CACHED_CHAT;
      case EMBEDDING -> CACHED_EMBEDDING;
      case IMAGE, AUDIO_SPEECH, AUDIO_TRANSCRIPTION, VIDEO -> neededOf(category);
    };
  }

  /**
   * Those of them that need a price, 0 if nothing else, before such an instance is called; cached
   * input tokens cost what input tokens do.
   */
  public static Set<PricedUnit> neededOf(Category category) {
    return switch (category) {
      case CHAT -> CHAT;
      case EMBEDDING -> EMBEDDING;
      case IMAGE -> IMAGES;
      case AUDIO_SPEECH, AUDIO_TRANSCRIPTION, VIDEO -> SECONDS;
    };
  }

  /**
   * The prices in force for an exchange with this instance, unit by unit from the narrowest subject
   * that has one; empty if one is missing that its category needs. What the category is not charged
   * by is no price of it.
   *
   * @param imageSize that it asks for: of one subject's prices, the one of this size goes first
   */
  public Optional<Rates> ratesFor(Instance instance, Instant at, Optional<ImageSize> imageSize) {
    if (instance.category().isEmpty()) {
      return Optional.empty();
    }
    Category category = instance.category().get();
    Map<PricedUnit, Money> rates = new EnumMap<>(PricedUnit.class);
    for (PriceSubject subject : subjectsOf(instance)) {
      collect(subject, at, rates);
      imageSize.ifPresent(size -> collect(subject, at, Optional.of(size), rates));
    }
    rates.keySet().retainAll(unitsOf(category));
    return rates.keySet().containsAll(neededOf(category))
        ? Optional.of(new Rates(rates))
        : Optional.empty();
  }

  /** The same for an exchange that asks for no size of images. */
  public Optional<Rates> ratesFor(Instance instance, Instant at) {
    return ratesFor(instance, at, Optional.empty());
  }

  /** What an image of each size costs that has a price of its own, in the order of the sizes. */
  public SortedMap<ImageSize, Money> imagesBySize(Instance instance, Instant at) {
    SortedMap<ImageSize, Money> bySize =
        new TreeMap<>(
            Comparator.comparingInt(ImageSize::width).thenComparingInt(ImageSize::height));
    subjectsOf(instance).stream()
        .flatMap(subject -> newestFirst.getOrDefault(subject, List.of()).stream())
        .flatMap(price -> price.size().stream())
        .distinct()
        .forEach(
            size ->
                ratesFor(instance, at, Optional.of(size))
                    .map(rates -> rates.prices().get(PricedUnit.IMAGES))
                    .ifPresent(amount -> bySize.put(size, amount)));
    return bySize;
  }

  /** The narrowest last. */
  private static List<PriceSubject> subjectsOf(Instance instance) {
    List<PriceSubject> subjects = new ArrayList<>(3);
    instance.category().ifPresent(category -> subjects.add(new PriceSubject.OfCategory(category)));
    if (instance.platform()) {
      subjects.add(new PriceSubject.OfModel(instance.name()));
    }
    subjects.add(new PriceSubject.OfInstance(instance.id()));
    return subjects;
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
    collect(subject, at, Optional.empty(), rates);
  }

  private void collect(
      PriceSubject subject, Instant at, Optional<ImageSize> size, Map<PricedUnit, Money> rates) {
    List<Price> prices = newestFirst.getOrDefault(subject, List.of());
    for (int i = prices.size() - 1; i >= 0; i--) { // oldest first, so that the newest stays
      Price price = prices.get(i);
      if (!price.effectiveFrom().isAfter(at) && price.size().equals(size)) {
        rates.put(price.unit(), price.amount());
      }
    }
  }
}
