package com.ecohash.ecolink.routing;

import java.util.Locale;

/** Why a lease was given on this replica and no other; kept in the exchange's record. */
public enum ChoiceReason {
  /** No other replica could be chosen. */
  ONLY,
  /** Of two drawn at random, the one with the lower score. */
  LOWER_SCORE,
  /** Of two drawn at random with the same score, either. */
  RANDOM,
  /** Idle and not measured for long: its time to the first byte is measured anew. */
  REMEASURE,
  /** An earlier replica of the same plan failed. */
  FAILOVER,
  /** The one request that decides whether an ejected replica comes back. */
  TRIAL,
  /** A trial before its time, because every other replica is out as well. */
  LAST_RESORT,
  /** The same replica once more, on a fresh connection. */
  RETRY;

  /** The name in records and metrics: {@code lower_score}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
