/**
 * Which replica next. Owns what is known of every replica's health (active health checks, passive
 * outlier ejection), its requests in flight and its time to the first byte, and chooses by them.
 * Sends no request of a client's, decides no failover, and knows nothing of keys, bodies or prices:
 * {@code relay} asks for a lease, uses it, and says how it ended.
 */
@NullMarked
package com.ecohash.ecolink.routing;

import org.jspecify.annotations.NullMarked;
