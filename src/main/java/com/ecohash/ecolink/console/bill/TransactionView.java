package com.ecohash.ecolink.console.bill;

import com.ecohash.ecolink.billing.LedgerEntry;
import com.ecohash.ecolink.console.AuditedAnswer;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.money.Money;
import java.time.Instant;
import java.util.Optional;

/** A ledger entry on the wire. */
public record TransactionView(
    long id,
    String kind,
    Money amount,
    Money balanceAfter,
    Optional<String> requestId,
    String description,
    Instant createdAt,
    Instant bookedAt)
    implements AuditedAnswer {
  @Override
  public String auditDetail() {
    return kind + " " + amount + ", " + description;
  }

  static TransactionView of(LedgerEntry entry) {
    return new TransactionView(
        entry.id(),
        entry.kind().wireName(),
        entry.amount(),
        entry.balanceAfter(),
        entry.request().map(RequestId::value),
        entry.description(),
        entry.createdAt(),
        entry.bookedAt());
  }
}
