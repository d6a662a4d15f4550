package com.ecohash.ecolink.api;

import jakarta.interceptor.InvocationContext;

/** Finds the exchange among an intercepted method's arguments. */
final class InterceptedExchange {
  private InterceptedExchange() {}

  static Exchange of(InvocationContext invocation) {
    for (Object argument : invocation.getParameters()) {
      if (argument instanceof Exchange exchange) {
        return exchange;
      }
    }
    throw new IllegalStateException(invocation.getMethod() + " has no exchange to check or meter");
  }
}
