/**
 * The data plane's edge: the resources of the unified API, the interceptors that check keys and
 * meter, and the one place where errors become answers. A request's way begins in {@link
 * com.ecohash.ecolink.api.UnifiedResource} and is told by {@link
 * com.ecohash.ecolink.api.UnifiedApi}. Moves no bytes itself; that is {@code relay}'s.
 */
@NullMarked
package com.ecohash.ecolink.api;

import org.jspecify.annotations.NullMarked;
