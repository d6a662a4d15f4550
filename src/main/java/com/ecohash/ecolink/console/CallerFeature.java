package com.ecohash.ecolink.console;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/** Puts {@link CallerFilter} before every resource method but the {@link Open} ones. */
@Provider
@Dependent
public final class CallerFeature implements DynamicFeature {
  private final CallerFilter filter;

  @Inject
  public CallerFeature(CallerFilter filter) {
    this.filter = filter;
  }

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    if (!resource.getResourceMethod().isAnnotationPresent(Open.class)) {
      context.register(filter, Priorities.AUTHENTICATION);
    }
  }
}
