package com.ecohash.ecolink.relay;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The addresses of endpoints, looked up away from the threads that carry exchanges, and kept for a
 * while. Whoever connects does so to the very address that the look-up has judged, so that a name
 * which means another address a moment later changes nothing. A look-up that fails is not kept.
 */
public final class Addresses {
  /** Turns a host into the one address to be called, or refuses it. */
  @FunctionalInterface
  public interface LookUp {
    InetAddress addressOf(String host) throws UnknownHostException;
  }

  private final AsyncLoadingCache<String, InetAddress> byHost;

  /**
   * @param lookUp judges a host anew each time it is looked up
   * @param lookUps runs look-ups, which block
   */
  public Addresses(LookUp lookUp, Executor lookUps, Duration kept, int hostsMax) {
    this.byHost =
        Caffeine.newBuilder()
            .executor(lookUps)
            .expireAfterWrite(kept)
            .maximumSize(hostsMax)
            .buildAsync(lookUp::addressOf);
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
