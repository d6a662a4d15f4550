/**
 * Prices, credits, the ledger and usage under {@code /api}, as JSON and as CSV: the wire forms of
 * {@code billing} and of {@code metering}'s questions.
 */
@NullMarked
package com.ecohash.ecolink.console.bill;

import org.jspecify.annotations.NullMarked;
