/**
 * Exact amounts: money in whole nano-dollars, and the rates that turn units into money with one
 * rounding. Knows nothing of who pays, and holds no floating point.
 */
@NullMarked
package com.ecohash.ecolink.money;

import org.jspecify.annotations.NullMarked;
