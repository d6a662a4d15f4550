/**
 * Prices, balances and the ledger: what units cost and what an account has left. Owns the rule that
 * a balance always equals the sum of its ledger entries. Does not count units; that is {@code
 * metering}.
 */
@NullMarked
package com.ecohash.ecolink.billing;

import org.jspecify.annotations.NullMarked;
