package com.ecohash.ecolink.metering;

/** Hears of exchanges as they end. It changes nothing, and it must be quick. */
public interface ExchangeListener {
  void ended(EndedExchange exchange);

  /** Tells both, one after the other. */
  default ExchangeListener and(ExchangeListener other) {
    return exchange -> {
      ended(exchange);
      other.ended(exchange);
    };
  }
}
