package com.ecohash.ecolink.console.bill;

import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.billing.Price;
import com.ecohash.ecolink.billing.PriceSubject;
import com.ecohash.ecolink.billing.Prices;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.console.Audited;
import com.ecohash.ecolink.console.AuditedAnswer;
import com.ecohash.ecolink.console.OperatorOnly;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.instances.DeployedInstance;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Instances;
import com.ecohash.ecolink.instances.Mode;
import com.ecohash.ecolink.metering.ImageSize;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Sets prices, for the operator. A price is never changed, only followed by another. */
@Path("admin/prices")
@OperatorOnly
@Dependent
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class PriceResource {
  /** A price on the wire. */
  @Schema(name = "Price")
  public record View(
      Optional<String> category,
      Optional<Long> instanceId,
      Optional<String> model,
      Optional<String> gpuType,
      Optional<String> region,
      String unit,
      Optional<String> size,
      Money amount,
      Instant effectiveFrom)
      implements AuditedAnswer {
    @Override
    public String auditDetail() {
      String subject =
          instanceId
              .map(id -> "instance " + id)
              .or(() -> model.map(name -> "model " + name))
              .or(() -> category.map(name -> "category " + name))
              .or(() -> gpuType.map(type -> "GPU type " + type))
              .orElse("");
      return subject + ", " + unit + " " + amount + " from " + effectiveFrom;
    }
  }

  private final Prices prices;
  private final Instances instances;
  private final CurrentCatalog catalog;
  private final BillingSettings settings;
  private final Clock clock;

  @Inject
  public PriceResource(
      Prices prices,
      Instances instances,
      CurrentCatalog catalog,
      BillingSettings settings,
      Clock clock) {
    this.prices = prices;
    this.instances = instances;
    this.catalog = catalog;
    this.settings = settings;
    this.clock = clock;
  }

  @POST
  @Audited(Action.PRICE_SET)
  @APIResponse(
      responseCode = "201",
      description = "Made.",
      content = @Content(schema = @Schema(implementation = View.class)))
  public Response set(PriceRequest request) {
    Price price = request.check(clock, settings);
    if (price.subject() instanceof PriceSubject.OfInstance of) {
      requireFitting(of.instance(), price.unit());
    }
    if (price.subject() instanceof PriceSubject.OfModel of) {
      catalog
          .get()
          .instances()
          .platformModel(of.platformModel())
          .flatMap(Instance::category)
          .ifPresent(category -> PriceRequest.requireFitting(category, price.unit()));
    }
    if (price.subject() instanceof PriceSubject.OfGpuType of) {
      of.region().ifPresent(this::requireRegion);
    }
    if (!prices.add(price)) {
      throw new ApiException(
              ErrorType.CONFLICT, "There is a price for this from the same moment on already.")
          .withParam("effective_from");
    }
    catalog.refresh();
    View view =
        new View(
            request.category(),
            request.instanceId(),
            request.model(),
            request.gpuType(),
            request.region(),
            price.unit().wireName(),
            price.size().map(ImageSize::toString),
            price.amount(),
            price.effectiveFrom());
    return Response.status(Response.Status.CREATED).entity(view).build();
  }

  private void requireFitting(InstanceId id, PricedUnit unit) {
    Instance instance =
        instances
            .find(id)
            .map(DeployedInstance::instance)
            .orElseThrow(
                () -> ApiException.invalidRequest("instance_id", "There is no such instance."));
    if (instance.mode() == Mode.CUSTOM) {
      throw ApiException.invalidRequest(
          "instance_id",
          "A custom instance is charged by its GPU time alone: set a price for its gpu_type.");
    }
    instance.category().ifPresent(category -> PriceRequest.requireFitting(category, unit));
  }

  private void requireRegion(RegionId id) {
    if (catalog.get().regions().stream().noneMatch(region -> region.id().equals(id))) {
      throw ApiException.invalidRequest(
          "region", "There is no region " + id + "; GET /api/regions lists them.");
    }
  }
}
