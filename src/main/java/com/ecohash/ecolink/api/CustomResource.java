package com.ecohash.ecolink.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;

/**
 * {@code ANY /inference-instances/{id}/proxy/{path}}. As with {@link UnifiedResource}, the {@code
 * AsyncResponse} suspends the request and is never resumed. {@link EveryRequest} leads here.
 */
@Path(CustomResource.PATH)
@Singleton
public final class CustomResource {
  static final String PATH = "exchange";

  private final Exchanges exchanges;
  private final CustomApi customApi;

  @Inject
  CustomResource(Exchanges exchanges, CustomApi customApi) {
    this.exchanges = exchanges;
    this.customApi = customApi;
  }

  /** Whatever the method. */
  @POST
  public void serve(@Suspended AsyncResponse suspended, @Context HttpServletRequest request) {
    Exchange exchange = exchanges.begin(request);
    customApi.serve(exchange).whenComplete(exchange::end);
  }
}
