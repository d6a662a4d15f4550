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
    return new AuditedThing(kind, pathId.or(() -> id(answer)), detail(answer));
  }

  private static Optional<String> id(@Nullable Object answer) {
    if (answer instanceof KeyResource.View key) {
      return Optional.of(Long.toString(key.id()));
    }
    if (answer instanceof InstanceView instance) {
      return Optional.of(Long.toString(instance.id()));
    }
    if (answer instanceof AccountResource.View account) {
      return Optional.of(Long.toString(account.id()));
    }
    return answer instanceof RegionAdminResource.View region
        ? Optional.of(region.id())
        : Optional.empty();
  }

  private static String detail(@Nullable Object answer) {
    if (answer instanceof KeyResource.View key) {
      return key.name() + ", " + String.join(" ", key.scopes());
    }
    if (answer instanceof InstanceView instance) {
      return instance.name() + ", " + instance.state();
    }
    if (answer instanceof AccountResource.View account) {
      return account.name();
    }
    if (answer instanceof TransactionView entry) {
      return entry.kind() + " " + entry.amount() + ", " + entry.description();
    }
    if (answer instanceof RegionAdminResource.View region) {
      return region.name() + (region.draining() ? ", draining" : "");
    }
    return answer instanceof PriceResource.View price ? priceOf(price) : "";
  }

  private static String priceOf(PriceResource.View price) {
    String subject =
        price
            .instanceId()
            .map(id -> "instance " + id)
            .or(() -> price.model().map(model -> "model " + model))
            .or(() -> price.category().map(category -> "category " + category))
            .or(() -> price.gpuType().map(type -> "GPU type " + type))
            .orElse("");
    return subject + ", " + price.unit() + " " + price.amount() + " from " + price.effectiveFrom();
  }
}
