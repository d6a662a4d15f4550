package com.ecohash.ecolink.console.bill;

import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.console.Page;
import com.ecohash.ecolink.money.Money;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The types of GPU that have a price, for the launch form. */
@Path("gpu-types")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public final class GpuTypeResource {
  /**
   * A type of GPU on the wire.
   *
   * @param amount of an hour, now
   */
  @Schema(name = "GpuType")
  public record View(String gpuType, Money amount) {}

  private final CurrentCatalog catalog;
  private final Clock clock;

  @Inject
  public GpuTypeResource(CurrentCatalog catalog, Clock clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  @GET
  public Page<View> list() {
    return Page.whole(
        catalog.get().prices().gpuHours(clock.instant()).entrySet().stream()
            .map(price -> new View(price.getKey(), price.getValue()))
            .toList());
  }
}
