package com.ecohash.ecolink.instances;

import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;
import java.net.URI;

/**
 * An instance in one region.
 *
 * @param endpoint scheme, host, port and an optional path prefix; no query
 * @param draining the region takes no new exchanges
 */
public record Replica(ReplicaId id, RegionId region, URI endpoint, boolean draining) {}
