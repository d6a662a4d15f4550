/**
 * The life of instances: when one runs, has failed to, is stopping, has ended. Owns the rules by
 * which states change and looks after them on every node; the store makes each change once. Does
 * not choose replicas and calls no container: it goes by what the health checks of {@code routing}
 * find.
 */
@NullMarked
package com.ecohash.ecolink.fleet;

import org.jspecify.annotations.NullMarked;
