package com.ecohash.ecolink.console;

import com.ecohash.ecolink.access.audit.Action;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks methods whose success goes into the audit log, right after their own transaction, with what
 * {@link AuditedThing} reads out of the answer.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Audited {
  /**
   * The header of an answer to what was asked for before: nothing was changed now, so nothing goes
   * into the log.
   */
  String REPLAYED = "Idempotent-Replayed";

  Action value();
}
