package com.ecohash.ecolink.api;

import com.ecohash.ecolink.ids.RequestIds;
import com.ecohash.ecolink.metering.ExchangeListener;
import com.ecohash.ecolink.relay.RequestForwarding;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;

/** Where exchanges begin: numbers them and takes them over from the servlet container. */
public final class Exchanges {
  /**
   * What every exchange works with.
   *
   * @param tellsTimes whether answers say what took how long
   */
  public record Means(
      RequestForwarding forwarding,
      ExchangeListener listener,
      Trace.Source traces,
      boolean tellsTimes) {}

  private final RequestIds ids;
  private final Clock clock;
  private final Means means;

  public Exchanges(RequestIds ids, Clock clock, Means means) {
    this.ids = ids;
    this.clock = clock;
    this.means = means;
  }

  Exchange begin(HttpServletRequest request) {
    AsyncContext async =
        request.isAsyncStarted() ? request.getAsyncContext() : request.startAsync();
    async.setTimeout(0); // our own timeouts rule
    return new Exchange(ids.next(), clock.instant(), async, means);
  }
}
