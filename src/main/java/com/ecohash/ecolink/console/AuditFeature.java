package com.ecohash.ecolink.console;

import com.ecohash.ecolink.access.audit.AuditLog;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/** Puts an {@link AuditFilter} behind every method that is {@link Audited}. */
@Provider
@Dependent
public final class AuditFeature implements DynamicFeature {
  private final AuditLog log;

  @Inject
  public AuditFeature(AuditLog log) {
    this.log = log;
  }

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    @Nullable Audited audited = resource.getResourceMethod().getAnnotation(Audited.class);
    if (audited != null) {
      context.register(new AuditFilter(audited.value(), log));
    }
  }
}
