package com.ecohash.ecolink.console;

import java.util.Optional;

/** An answer of the management API that tells the audit log what was done. */
public interface AuditedAnswer {
  /** Of what was made, if the path does not name it. */
  default Optional<String> auditId() {
    return Optional.empty();
  }

  /** What else a reader of the log wants to know, without secrets. */
  String auditDetail();
}
