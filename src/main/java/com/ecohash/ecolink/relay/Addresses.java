package com.ecohash.ecolink.relay;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The addresses of endpoints, looked up away from the threads that carry exchanges, and kept for a
 * while. A look-up that fails is not kept.
 */
public final class Addresses {
  private final AsyncLoadingCache<String, InetAddress> byHost;

  /**
   * @param lookUps runs look-ups, which block
   */
  public Addresses(Executor lookUps, Duration kept, int hostsMax) {
    this.byHost =
        Caffeine.newBuilder()
            .executor(lookUps)
            .expireAfterWrite(kept)
            .maximumSize(hostsMax)
            .buildAsync(InetAddress::getByName);
  }

  /** Completes at once when the host's address is known; fails if there is none. */
  CompletableFuture<InetSocketAddress> of(URI endpoint) {
    return of(endpoint.getHost(), endpoint.getPort() < 0 ? 80 : endpoint.getPort());
  }

  /** As above, of a host's port. */
  public CompletableFuture<InetSocketAddress> of(String host, int port) {
    return byHost.get(host).thenApply(address -> new InetSocketAddress(address, port));
  }
}
