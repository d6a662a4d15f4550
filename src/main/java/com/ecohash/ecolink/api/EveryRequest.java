package com.ecohash.ecolink.api;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.net.URI;

/**
 * Leads whatever comes in at the custom path to one method of one resource. JAX-RS knows resources
 * by method, path and media type; here all of these are the container's business, and are read from
 * the servlet's request, which this does not change.
 */
@PreMatching
@Singleton
public final class EveryRequest implements ContainerRequestFilter {
  private static final URI RESOURCE = URI.create(CustomResource.PATH);

  @Override
  public void filter(ContainerRequestContext request) {
    request.setMethod("POST");
    request.setRequestUri(RESOURCE);
    request.getHeaders().clear();
  }
}
