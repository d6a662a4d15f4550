package com.ecohash.ecolink.web;

import jakarta.enterprise.inject.spi.CDI;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JAX-RS application's resources and providers as CDI made them, each once. RESTEasy would
 * otherwise ask CDI anew for each request, and want constructors without parameters even then.
 */
public final class CdiSingletons {
  private CdiSingletons() {}

  /** For {@code Application.getSingletons}. */
  public static Set<Object> of(Class<?>... types) {
    return Stream.of(types)
        .map(type -> CDI.current().select(type).get())
        .collect(Collectors.toSet());
  }
}
