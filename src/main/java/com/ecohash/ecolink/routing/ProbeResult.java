package com.ecohash.ecolink.routing;

/**
 * What one active health check found.
 *
 * @param detail a few words for people, {@code HTTP 503} or {@code connection refused}: no address,
 *     no key, nothing that the container wrote
 */
public record ProbeResult(boolean up, String detail) {
  public static ProbeResult up(String detail) {
    return new ProbeResult(true, detail);
  }

  public static ProbeResult down(String detail) {
    return new ProbeResult(false, detail);
  }
}
