package com.ecohash.ecolink.relay.custom;

import com.ecohash.ecolink.relay.upstream.UpstreamSettings;

/**
 * Limits of the custom path.
 *
 * @param upstream the timeouts and sizes that hold for all calls to containers
 * @param connectionsMax to one endpoint, and as many requests that wait for one
 * @param threads that carry the calls
 * @param heldAnswerBytesMax of a failed region's answer that is kept in case all others fail too
 */
public record CustomSettings(
    UpstreamSettings upstream, int connectionsMax, int threads, int heldAnswerBytesMax) {}
