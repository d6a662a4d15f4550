package com.ecohash.ecolink.access.audit;

import com.ecohash.ecolink.ids.AccountId;
import java.util.List;
import java.util.Optional;

/** The log of who did what. Only ever grows. */
public interface AuditLog {
  void record(AuditEvent event);

  /**
   * Entries, the newest first.
   *
   * @param account empty for all accounts' and those of none
   * @param before only entries with a lower id
   */
  List<AuditEntry> list(Optional<AccountId> account, Optional<Long> before, int limit);
}
