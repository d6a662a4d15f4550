package com.ecohash.ecolink.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;

/** {@code GET /v1/video/generations/{job}}. */
@Path("/")
@Singleton
public final class VideoJobResource {
  private final Exchanges exchanges;
  private final VideoJobApi api;

  @Inject
  VideoJobResource(Exchanges exchanges, VideoJobApi api) {
    this.exchanges = exchanges;
    this.api = api;
  }

  /**
   * @param job decoded by JAX-RS; it may hold any character
   */
  @GET
  @Path("video/generations/{job: .+}")
  public void job(
      @PathParam("job") String job,
      @Suspended AsyncResponse suspended,
      @Context HttpServletRequest request) {
    Exchange exchange = exchanges.begin(request);
    api.serve(exchange, job).whenComplete(exchange::end);
  }
}
