package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.relay.upstream.Upstream;
import com.ecohash.ecolink.routing.Lease;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Relays exchanges: one request in, one answer out, by whichever replica gives it. */
public final class Relay {
  private final Upstream upstream;
  private final Addresses addresses;
  private final RelaySettings settings;

  /** Instances whose containers refused what the gateway added to a request. */
  private final Set<InstanceId> unaidedOnly = ConcurrentHashMap.newKeySet();

  public Relay(Upstream upstream, Addresses addresses, RelaySettings settings) {
    this.upstream = upstream;
    this.addresses = addresses;
    this.settings = settings;
  }

  /**
   * Relays one exchange. The stage completes when its outcome is known, before the servlet
   * container is told that the answer is complete: what must be written down can be written down
   * before the client sees the end. It fails only by a fault of ours.
   *
   * <p>What {@code beforeSending} throws comes out unchanged; the answer is the caller's then.
   *
   * @param async started by the caller and completed by the caller, after the stage
   */
  public CompletionStage<Relayed> relay(RelayRequest request, AsyncContext async) {
    request.follower().routing();
    Optional<Lease> first = request.plan().next();
    try {
      first.ifPresent(lease -> request.beforeSending().run());
      RelayedExchange exchange = new RelayedExchange(this, request, async);
      exchange.start(first);
      return exchange.done();
    } catch (IOException e) {
      request.body().close();
      first.ifPresent(Lease::neutral);
      return CompletableFuture.failedStage(new ClientGoneException(e));
    } catch (RuntimeException refusal) {
      first.ifPresent(Lease::neutral);
      throw refusal;
    }
  }

  /** Whether an instance is known to refuse what the gateway would add. */
  public boolean takesAdditions(InstanceId instance) {
    return !unaidedOnly.contains(instance);
  }

  void refusesAdditions(InstanceId instance) {
    unaidedOnly.add(instance);
  }

  Upstream upstream() {
    return upstream;
  }

  Addresses addresses() {
    return addresses;
  }

  RelaySettings settings() {
    return settings;
  }
}
