package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import com.ecohash.ecolink.money.Rates;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;

/** Rates in a column: a JSON object of nano-dollars by unit. */
final class RatesText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Long>> NANOS_BY_UNIT = new TypeReference<>() {};

  private RatesText() {}

  static String write(Rates rates) {
    StringBuilder text = new StringBuilder(64).append('{');
    for (PricedUnit unit : PricedUnit.values()) {
      Money price = rates.prices().get(unit);
      if (price != null) {
        text.append(text.length() > 1 ? "," : "").append('"').append(unit.wireName());
        text.append("\":").append(price.nanoDollars());
      }
    }
    return text.append('}').toString();
  }

  static Rates read(String text) {
    try {
      Map<PricedUnit, Money> prices = new EnumMap<>(PricedUnit.class);
      JSON.readValue(text, NANOS_BY_UNIT)
          .forEach(
              (unit, nanos) ->
                  prices.put(PricedUnit.ofWireName(unit).orElseThrow(), new Money(nanos)));
      return new Rates(prices);
    } catch (IOException e) {
      throw new UncheckedIOException("stored rates are no JSON", e);
    }
  }
}
