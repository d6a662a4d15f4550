package com.ecohash.ecolink.api;

import com.ecohash.ecolink.ids.RequestIds;
import com.ecohash.ecolink.metering.ExchangeListener;
import com.ecohash.ecolink.relay.RequestForwarding;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;

/** Where exchanges begin: numbers them and takes them over from the servlet container. */
public final class Exchanges {
  private final RequestIds ids;
  private final Clock clock;
  private final RequestForwarding forwarding;
  private final ExchangeListener listener;

  public Exchanges(
      RequestIds ids, Clock clock, RequestForwarding forwarding, ExchangeListener listener) {
    this.ids = ids;
    this.clock = clock;
    this.forwarding = forwarding;
    this.listener = listener;
  }

  Exchange begin(HttpServletRequest request) {
    AsyncContext async =
        request.isAsyncStarted() ? request.getAsyncContext() : request.startAsync();
    async.setTimeout(0); // our own timeouts rule
    return new Exchange(ids.next(), clock.instant(), async, forwarding, listener);
  }
}
