/**
 * The client side of HTTP/1.1 towards containers: non-blocking, pooled, and no more than a gateway
 * needs. Owns connections, framing and timeouts. Knows nothing of replicas, regions or meters, and
 * never retries.
 */
@NullMarked
package com.ecohash.ecolink.relay.upstream;

import org.jspecify.annotations.NullMarked;
