/**
 * Instances, regions and replicas: what is deployed where. Owns their states and the immutable
 * directory that the data plane reads. Does not know who is healthy (that is {@code routing}) nor
 * who may call.
 */
@NullMarked
package com.ecohash.ecolink.instances;

import org.jspecify.annotations.NullMarked;
