/**
 * What each exchange used: the usage record, the journal that no crash empties, and the writer that
 * drains it into the store. Owns the promise that an exchange which reached a container leaves
 * exactly one record. Knows prices only as the rates it is handed; the ledger is {@code billing}'s.
 */
@NullMarked
package com.ecohash.ecolink.metering;

import org.jspecify.annotations.NullMarked;
