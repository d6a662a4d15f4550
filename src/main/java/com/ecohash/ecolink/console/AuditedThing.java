package com.ecohash.ecolink.console;

import com.ecohash.ecolink.access.audit.Action;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What something was done to, as far as the audit log tells.
 *
 * @param kind such as {@code key}
 * @param id empty for what has none
 */
record AuditedThing(String kind, Optional<String> id, String detail) {
  String name() {
    return id.map(known -> kind + " " + known).orElse(kind);
  }

  /**
   * @param pathId the id in the path, if there is one
   */
  static AuditedThing of(Action action, Optional<String> pathId, @Nullable Object answer) {
    String kind =
        switch (action) {
          case KEY_ISSUED, KEY_REVOKED -> "key";
          case INSTANCE_LAUNCHED, INSTANCE_STOPPED -> "instance";
          case ACCOUNT_CREATED, CREDIT_POSTED -> "account";
          case REGION_CREATED, REGION_CHANGED -> "region";
          case PRICE_SET -> "price";
          default -> action.wireName();
        };
    return answer instanceof AuditedAnswer told
        ? new AuditedThing(kind, pathId.or(told::auditId), told.auditDetail())
        : new AuditedThing(kind, pathId, "");
  }
}
