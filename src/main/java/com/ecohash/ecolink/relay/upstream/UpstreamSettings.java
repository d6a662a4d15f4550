package com.ecohash.ecolink.relay.upstream;

import java.time.Duration;

/**
 * Limits of the calls to containers.
 *
 * @param loops threads that carry the calls
 * @param idleConnectionsMax pooled connections per endpoint; more are closed when they fall idle
 * @param keepAlive how long a connection stays pooled
 * @param headBytesMax of an answer: status line and headers
 */
public record UpstreamSettings(
    int loops,
    int idleConnectionsMax,
    Duration keepAlive,
    Duration connectTimeout,
    Duration firstByteTimeout,
    Duration idleTimeout,
    Duration totalTimeout,
    int headBytesMax) {
  public UpstreamSettings {
    if (loops < 1 || idleConnectionsMax < 0 || headBytesMax < 1024) {
      throw new IllegalArgumentException("loops ≥ 1, idle connections ≥ 0, head bytes ≥ 1024");
    }
  }
}
