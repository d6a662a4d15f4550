package com.ecohash.ecolink.relay.custom;

import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.relay.ClientGoneException;
import com.ecohash.ecolink.relay.Relayed;
import com.ecohash.ecolink.routing.Lease;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Relays the exchanges of the custom path, by whichever replica answers. */
public final class CustomRelay {
  private static final Logger LOG = LoggerFactory.getLogger(CustomRelay.class);

  private final ContainerClients clients;
  private final CustomSettings settings;
  private final Set<ContainerCall> calls = ConcurrentHashMap.newKeySet();

  public CustomRelay(ContainerClients clients, CustomSettings settings) {
    this.clients = clients;
    this.settings = settings;
  }

  /**
   * Relays one exchange. The stage completes when its outcome is known, before the servlet
   * container is told that the answer is complete: what must be written down can be written down
   * before the client sees the end. It fails only by a fault of ours.
   *
   * @param async started by the caller, and completed when the caller finishes what it gets
   * @throws ApiException what {@code beforeSending} throws; the answer is the caller's then
   */
  public CompletionStage<Relayed> relay(CustomRequest request, AsyncContext async) {
    request.follower().routing();
    Optional<Lease> first = request.plan().next();
    try {
      first.ifPresent(lease -> request.beforeSending().run());
      CustomExchange exchange = new CustomExchange(this, request, async);
      exchange.start(first);
      return exchange.done();
    } catch (IOException e) {
      first.ifPresent(Lease::neutral);
      return CompletableFuture.failedStage(new ClientGoneException(e));
    } catch (RuntimeException refusal) {
      first.ifPresent(Lease::neutral);
      throw refusal;
    }
  }

  /** Looks at all calls for what is late. To be called a few times a second. Throws nothing. */
  public void tick() {
    long now = System.nanoTime();
    for (ContainerCall call : calls) {
      try {
        call.tick(now, settings.upstream());
      } catch (Throwable e) { // an Error too must not end the looking for ever
        LOG.error("a call could not be looked after", e);
      }
    }
  }

  ContainerClients clients() {
    return clients;
  }

  CustomSettings settings() {
    return settings;
  }

  void began(ContainerCall call) {
    calls.add(call);
  }

  void ended(ContainerCall call) {
    calls.remove(call);
  }
}
