package com.ecohash.ecolink.routing.simulation;

import java.util.Optional;

/**
 * One exchange, after its end.
 *
 * @param region that had the last attempt
 * @param firstByteNanos since the client's request, failovers included; below zero if there was
 *     none
 */
record Ended(
    long arrivedNanos, Optional<String> region, Result result, long firstByteNanos, int failovers) {

  boolean arrivedBetween(long fromNanos, long toNanos) {
    return arrivedNanos >= fromNanos && arrivedNanos < toNanos;
  }
}
