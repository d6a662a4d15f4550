package com.ecohash.ecolink.metering.journal;

import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.UsageRecord;

/** What the journal holds. */
sealed interface JournalEntry {
  /** An exchange is about to reach a container. */
  record Begin(ExchangeStart start) implements JournalEntry {}

  /** An exchange has ended; its record still has to reach the store. */
  record End(UsageRecord record) implements JournalEntry {}
}
