package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.audit.AuditEntry;
import com.ecohash.ecolink.access.audit.AuditEvent;
import com.ecohash.ecolink.access.audit.AuditLog;
import com.ecohash.ecolink.ids.AccountId;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The audit log in the database. */
public final class JpaAuditLog implements AuditLog {
  private final Database database;
  private final Clock clock;

  public JpaAuditLog(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void record(AuditEvent event) {
    database.transaction(
        entityManager -> {
          entityManager.persist(new AuditEntryEntity(event, Times.now(clock)));
          return event;
        });
  }

  @Override
  public List<AuditEntry> list(Optional<AccountId> account, Optional<Long> before, int limit) {
    Conditions conditions =
        new Conditions()
            .and("id < :before", "before", before.orElse(Long.MAX_VALUE))
            .and("accountId = :account", "account", account.map(AccountId::value));
    return database.transaction(
        entityManager -> {
          TypedQuery<AuditEntryEntity> query =
              entityManager.createQuery(
                  "from AuditEntryEntity" + conditions + " order by id desc",
                  AuditEntryEntity.class);
          return conditions
              .bind(query)
              .setMaxResults(limit)
              .getResultStream()
              .map(AuditEntryEntity::toAuditEntry)
              .toList();
        });
  }
}
