package com.ecohash.ecolink.api;

import com.ecohash.ecolink.access.ApiKey;
import com.ecohash.ecolink.openai.ApiException;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.concurrent.CompletableFuture;

/** Lets an exchange pass if its key may; see {@link ApiKeyRequired}. */
@ApiKeyRequired
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class ApiKeyInterceptor {
  private final KeyCheck keys;

  @Inject
  ApiKeyInterceptor(KeyCheck keys) {
    this.keys = keys;
  }

  @AroundInvoke
  Object check(InvocationContext invocation) throws Exception {
    Exchange exchange = InterceptedExchange.of(invocation);
    try {
      ApiKey key = keys.identify(exchange.request());
      exchange.authenticated(key);
      keys.count(key, exchange.response());
    } catch (ApiException refusal) {
      return CompletableFuture.failedStage(refusal);
    }
    return invocation.proceed();
  }
}
