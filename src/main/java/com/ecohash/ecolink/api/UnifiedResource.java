package com.ecohash.ecolink.api;

import com.ecohash.ecolink.instances.Category;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/**
 * The endpoints of the unified API. JAX-RS only finds the method: the {@code AsyncResponse}
 * suspends the request and is never resumed, as the answer goes out over the servlet's own
 * asynchronous output.
 */
@Path("/")
@Singleton
public final class UnifiedResource {
  private final Exchanges exchanges;
  private final UnifiedApi unifiedApi;

  @Inject
  UnifiedResource(Exchanges exchanges, UnifiedApi unifiedApi) {
    this.exchanges = exchanges;
    this.unifiedApi = unifiedApi;
  }

  /** Any content type: {@code curl -d} sends JSON as a form's, and means JSON. */
  @POST
  @Path("chat/completions")
  @Consumes(MediaType.WILDCARD)
  public void chatCompletions(
      @Suspended AsyncResponse suspended, @Context HttpServletRequest request) {
    serve(request, Category.CHAT);
  }

  @POST
  @Path("embeddings")
  @Consumes(MediaType.WILDCARD)
  public void embeddings(@Suspended AsyncResponse suspended, @Context HttpServletRequest request) {
    serve(request, Category.EMBEDDING);
  }

  @POST
  @Path("images/generations")
  @Consumes(MediaType.WILDCARD)
  public void images(@Suspended AsyncResponse suspended, @Context HttpServletRequest request) {
    serve(request, Category.IMAGE);
  }

  @POST
  @Path("audio/speech")
  @Consumes(MediaType.WILDCARD)
  public void speech(@Suspended AsyncResponse suspended, @Context HttpServletRequest request) {
    serve(request, Category.AUDIO_SPEECH);
  }

  /** A form: {@code multipart/form-data}, of any boundary. */
  @POST
  @Path("audio/transcriptions")
  @Consumes(MediaType.WILDCARD)
  public void transcriptions(
      @Suspended AsyncResponse suspended, @Context HttpServletRequest request) {
    serve(request, Category.AUDIO_TRANSCRIPTION);
  }

  @POST
  @Path("video/generations")
  @Consumes(MediaType.WILDCARD)
  public void video(@Suspended AsyncResponse suspended, @Context HttpServletRequest request) {
    serve(request, Category.VIDEO);
  }

  private void serve(HttpServletRequest request, Category category) {
    Exchange exchange = exchanges.begin(request);
    unifiedApi.serve(exchange, category).whenComplete(exchange::end);
  }
}
