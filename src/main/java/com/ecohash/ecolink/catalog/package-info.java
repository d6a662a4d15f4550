/**
 * The catalog: everything the data plane asks about before it calls a container, in memory, in one
 * immutable snapshot behind one reference. Owns nothing itself; it is rebuilt from the store when
 * something changed, so that no request waits for a database.
 */
@NullMarked
package com.ecohash.ecolink.catalog;

import org.jspecify.annotations.NullMarked;
