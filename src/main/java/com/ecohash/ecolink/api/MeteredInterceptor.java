package com.ecohash.ecolink.api;

import com.ecohash.ecolink.relay.Relayed;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes an exchange's end into the journal before its client sees it; see {@link Metered}. */
@Metered
@Interceptor
@Priority(Interceptor.Priority.APPLICATION + 10)
public class MeteredInterceptor {
  private final ExchangeMetering metering;

  @Inject
  MeteredInterceptor(ExchangeMetering metering) {
    this.metering = metering;
  }

  @AroundInvoke
  Object meter(InvocationContext invocation) throws Exception {
    Exchange exchange = InterceptedExchange.of(invocation);
    return proceed(invocation).whenComplete((relayed, failure) -> metering.end(exchange, relayed));
  }

  /** What throws instead of failing its stage ends its exchange all the same. */
  @SuppressWarnings("unchecked") // what the annotation asks of its methods
  private static CompletionStage<Relayed> proceed(InvocationContext invocation) throws Exception {
    try {
      return (CompletionStage<Relayed>) invocation.proceed();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }
}
