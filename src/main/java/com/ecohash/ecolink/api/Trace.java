package com.ecohash.ecolink.api;

import com.ecohash.ecolink.metering.ExchangeListener;
import com.ecohash.ecolink.relay.AttemptFollower;
import com.ecohash.ecolink.routing.Lease;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;

/**
 * One exchange as a tracing system follows it. Changes nothing but what containers are told in
 * {@code traceparent}.
 *
 * @param attempts asked as each attempt begins
 * @param end told as the exchange has ended
 */
public record Trace(Function<Lease, AttemptFollower> attempts, ExchangeListener end) {
  /** Begins the trace of each exchange. */
  public interface Source {
    Source NONE = request -> Trace.NONE;

    Trace begin(HttpServletRequest request);
  }

  static final Trace NONE = new Trace(lease -> AttemptFollower.NONE, exchange -> {});
}
