package com.ecohash.ecolink.api;

import com.ecohash.ecolink.access.ApiKey;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.EndedExchange;
import com.ecohash.ecolink.metering.ExchangeListener;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.Units;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import com.ecohash.ecolink.relay.ClientGoneException;
import com.ecohash.ecolink.relay.ErrorAnswer;
import com.ecohash.ecolink.relay.FieldPolicy;
import com.ecohash.ecolink.relay.ForwardedRequest;
import com.ecohash.ecolink.relay.Relayed;
import com.ecohash.ecolink.relay.RequestForwarding;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client request and its answer, from the first look at the key to the last byte. It is handed
 * from step to step as an argument; no step finds it by its thread.
 */
public final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final RequestId id;
  private final Instant startedAt;
  private final ExchangeProgress progress;
  private final AsyncContext async;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final RequestForwarding forwarding;
  private final ExchangeListener listener;
  private volatile @Nullable ApiKey key;
  private volatile @Nullable ExchangeStart start;
  private volatile @Nullable Supplier<Units> units;
  private volatile @Nullable UsageRecord record;
  private volatile ConcurrencyLimit.@Nullable Place place;

  Exchange(RequestId id, Instant startedAt, AsyncContext async, Exchanges.Means means) {
    this.id = id;
    this.startedAt = startedAt;
    this.async = async;
    this.forwarding = means.forwarding();
    this.listener = means.listener();
    // Those that JAX-RS injects are proxies that are dead on other threads; these are the real
    // ones.
    this.request = (HttpServletRequest) async.getRequest();
    this.response = (HttpServletResponse) async.getResponse();
    this.progress = new ExchangeProgress(means.traces().begin(request), means.tellsTimes());
    response.setHeader("x-ecolink-request-id", id.value());
    response.setHeader("x-request-id", id.value());
  }

  RequestId id() {
    return id;
  }

  Instant startedAt() {
    return startedAt;
  }

  /** On {@link System#nanoTime}'s scale. */
  long startedNanos() {
    return progress.startedNanos();
  }

  ExchangeProgress progress() {
    return progress;
  }

  HttpServletRequest request() {
    return request;
  }

  HttpServletResponse response() {
    return response;
  }

  /**
   * The request as it goes to a container.
   *
   * @param target path, and query if any, on the container
   * @throws ApiException 431 if its header fields are too large
   */
  ForwardedRequest forwarded(String target, FieldPolicy policy) {
    return forwarding.forward(request, target, policy);
  }

  AsyncContext async() {
    return async;
  }

  void authenticated(ApiKey caller) {
    key = caller;
    progress.authenticated();
  }

  /**
   * The caller's key.
   *
   * @throws IllegalStateException before it is known
   */
  ApiKey caller() {
    ApiKey known = key;
    if (known == null) {
      throw new IllegalStateException("the key is not checked yet");
    }
    return known;
  }

  /** The exchange has its place at an instance, until its end. */
  void occupies(ConcurrencyLimit.Place taken) {
    place = taken;
  }

  /** The exchange is about to reach a container: from here on it leaves a usage record. */
  void metered(ExchangeStart begun, Supplier<Units> used) {
    units = used;
    start = begun;
  }

  Optional<ExchangeStart> start() {
    return Optional.ofNullable(start);
  }

  /** What it has used so far; to be asked once, when nothing passes any more. */
  Units units() {
    Supplier<Units> used = units;
    return used == null ? Units.NONE : used.get();
  }

  void recorded(UsageRecord facts) {
    record = facts;
  }

  /** The last step: whatever has come of the exchange, the servlet container gets it back. */
  void end(@Nullable Relayed relayed, @Nullable Throwable failure) {
    leave(); // before the client knows of the end and comes with its next request
    EndedExchange ended;
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (relayed != null) {
      ended = ended(relayed.outcome().status(), Optional.empty());
      relayed.finish();
    } else if (cause instanceof ClientGoneException gone) {
      ended = ended(0, Optional.empty());
      if (!response.isCommitted()) {
        response.setStatus(gone.status()); // not the 200 that nobody has set
      }
      async.complete();
    } else {
      ApiException refusal = refusal(cause);
      ended = ended(refusal.type().status(), Optional.of(refusal.type().code()));
      ErrorAnswer.send(refusal, async);
    }
    listener.ended(ended);
    progress.trace().end().ended(ended);
  }

  private void leave() {
    ConcurrencyLimit.Place taken = place;
    if (taken != null) {
      taken.leave();
    }
  }

  private ApiException refusal(@Nullable Throwable cause) {
    if (cause instanceof ApiException expected) {
      return expected;
    }
    LOG.error("exchange {} failed", id, cause);
    return new ApiException(
        ErrorType.INTERNAL, "The gateway failed. Please report the request id " + id + ".");
  }

  /** Taken before the servlet container has its request back and may use it for another. */
  private EndedExchange ended(int status, Optional<String> errorCode) {
    ApiKey caller = key;
    return new EndedExchange(
        id,
        startedAt,
        request.getMethod(),
        request.getRequestURI(),
        Optional.ofNullable(caller).map(ApiKey::account),
        Optional.ofNullable(caller).map(ApiKey::id),
        status,
        errorCode,
        Optional.ofNullable(record),
        (System.nanoTime() - progress.startedNanos()) / 1_000);
  }
}
