package com.ecohash.ecolink.console.instances;

import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.console.Audited;
import com.ecohash.ecolink.console.AuditedAnswer;
import com.ecohash.ecolink.console.OperatorOnly;
import com.ecohash.ecolink.console.PathIds;
import com.ecohash.ecolink.console.TextMember;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.instances.Region;
import com.ecohash.ecolink.instances.Regions;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Makes regions and drains them, for the operator. */
@Path("admin/regions")
@OperatorOnly
@Dependent
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class RegionAdminResource {
  /** A region to be made. */
  @Schema(name = "RegionRequest")
  public record CreateRequest(
      Optional<String> id, Optional<String> name, Optional<String> runtime) {
    Region check() {
      RegionId regionId;
      try {
        regionId = new RegionId(new TextMember("id", id).required(63));
      } catch (IllegalArgumentException e) {
        throw ApiException.invalidRequest(
            "id",
            "A region's id has 1 to 63 lower-case letters, digits and inner hyphens: us-west.");
      }
      if (!runtime.orElse("external").equals("external")) {
        throw ApiException.invalidRequest(
            "runtime", "This version knows regions of the runtime external only.");
      }
      return new Region(
          regionId,
          new TextMember("name", name).optional(100).orElse(regionId.value()),
          Region.Runtime.EXTERNAL,
          false);
    }
  }

  /** What is to change; what is missing stays. */
  @Schema(name = "RegionChange")
  public record UpdateRequest(Optional<String> name, Optional<Boolean> draining) {}

  /** A region on the wire. */
  @Schema(name = "AdminRegion")
  public record View(String id, String name, String runtime, boolean draining)
      implements AuditedAnswer {
    @Override
    public Optional<String> auditId() {
      return Optional.of(id);
    }

    @Override
    public String auditDetail() {
      return name + (draining ? ", draining" : "");
    }

    static View of(Region region) {
      return new View(
          region.id().value(),
          region.name(),
          region.runtime().name().toLowerCase(Locale.ROOT),
          region.draining());
    }
  }

  private final Regions regions;
  private final CurrentCatalog catalog;

  @Inject
  public RegionAdminResource(Regions regions, CurrentCatalog catalog) {
    this.regions = regions;
    this.catalog = catalog;
  }

  @POST
  @Audited(Action.REGION_CREATED)
  @APIResponse(
      responseCode = "201",
      description = "Made.",
      content = @Content(schema = @Schema(implementation = View.class)))
  public Response create(CreateRequest request) {
    Region region = request.check();
    if (!regions.create(region)) {
      throw new ApiException(ErrorType.CONFLICT, "There is a region " + region.id() + " already.")
          .withParam("id");
    }
    catalog.refresh();
    return Response.status(Response.Status.CREATED).entity(View.of(region)).build();
  }

  @PATCH
  @Path("{id}")
  @Audited(Action.REGION_CHANGED)
  public View update(@PathParam("id") String id, UpdateRequest request) {
    Region region =
        regions
            .update(
                PathIds.region(id),
                new TextMember("name", request.name()).optional(100),
                request.draining())
            .orElseThrow(() -> PathIds.notFound("region"));
    catalog.refresh();
    return View.of(region);
  }
}
