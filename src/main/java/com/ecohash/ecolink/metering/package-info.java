/**
 * What each exchange used: units by category, what they cost, the usage record and the questions
 * about it. Knows prices only as the rates it is handed; the ledger is {@code billing}'s.
 */
@NullMarked
package com.ecohash.ecolink.metering;

import org.jspecify.annotations.NullMarked;
