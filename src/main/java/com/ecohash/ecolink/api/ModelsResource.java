package com.ecohash.ecolink.api;

import com.ecohash.ecolink.access.ApiKey;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ModelReference;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What a key may call, with the ids as they go into {@code model}. */
@Path("/models")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public final class ModelsResource {
  /** OpenAI's model object. */
  public record Model(String id, String object, long created, String ownedBy) {}

  /** OpenAI's list object. */
  public record Models(String object, List<Model> data) {}

  private final KeyCheck keys;
  private final CurrentCatalog catalog;

  @Inject
  ModelsResource(KeyCheck keys, CurrentCatalog catalog) {
    this.keys = keys;
    this.catalog = catalog;
  }

  @GET
  public Models list(@Context HttpServletRequest request, @Context HttpServletResponse response) {
    return new Models("list", callableWith(keys.require(request, response)));
  }

  /**
   * One model. Its id may hold slashes ({@code meta/llama:142}), and SDKs write its colon as {@code
   * %3A}; JAX-RS decodes both.
   */
  @GET
  @Path("{model: .+}")
  public Model one(
      @PathParam("model") String id,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response) {
    return callableWith(keys.require(request, response)).stream()
        .filter(model -> model.id().equals(id))
        .findFirst()
        .orElseThrow(() -> ApiException.modelNotFound(ModelReference.parse(id)));
  }

  private List<Model> callableWith(ApiKey key) {
    return catalog.get().instances().callableBy(key.account()).stream()
        .map(ModelsResource::model)
        .toList();
  }

  private static Model model(Instance instance) {
    return new Model(
        instance.modelReference(),
        "model",
        instance.createdAt().getEpochSecond(),
        instance.platform() ? "ecolink" : "account-" + instance.account());
  }
}
