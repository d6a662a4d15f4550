package com.ecohash.ecolink.console.instances;

import com.ecohash.ecolink.catalog.Catalog;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.console.CallerContext;
import com.ecohash.ecolink.console.Page;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an account can call through the unified API, and what that costs. */
@Path("models")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public final class ModelResource {
  private static final String HEALTHY = "healthy";

  /**
   * A price in force, on the wire.
   *
   * @param size of images: the one it is for; null for all that have none of their own
   * @param amount for a million tokens, an image, a second
   */
  @Schema(name = "ModelPrice")
  public record PriceView(String unit, Optional<String> size, Money amount) {}

  /**
   * A model on the wire.
   *
   * @param model as it goes into {@code model}
   * @param regionsHealthy regions whose container is known to be well
   * @param prices in force now; empty means that it cannot be called yet
   */
  @Schema(name = "Model")
  public record View(
      String model,
      long instanceId,
      String name,
      String category,
      boolean platform,
      String state,
      int regionsHealthy,
      List<PriceView> prices) {
    public View {
      prices = List.copyOf(prices);
    }
  }

  private final CurrentCatalog catalog;
  private final ReplicaHealth health;
  private final Clock clock;

  @Inject
  public ModelResource(CurrentCatalog catalog, ReplicaHealth health, Clock clock) {
    this.catalog = catalog;
    this.health = health;
    this.clock = clock;
  }

  @GET
  public Page<View> list(@Context SecurityContext security) {
    Catalog now = catalog.get();
    return Page.whole(
        now.instances().callableBy(CallerContext.account(security)).stream()
            .map(instance -> view(instance, now))
            .toList());
  }

  private View view(Instance instance, Catalog now) {
    return new View(
        instance.modelReference(),
        instance.id().value(),
        instance.name(),
        instance.category().map(Category::wireName).orElseThrow(),
        instance.platform(),
        instance.state().wireName(),
        (int)
            instance.replicas().stream()
                .filter(replica -> health.of(replica.id()).filter(HEALTHY::equals).isPresent())
                .count(),
        prices(instance, now, clock.instant()));
  }

  private static List<PriceView> prices(Instance instance, Catalog now, Instant at) {
    Stream<PriceView> plain =
        now.prices().ratesFor(instance, at).stream()
            .flatMap(rates -> rates.prices().entrySet().stream())
            .map(
                price ->
                    new PriceView(price.getKey().wireName(), Optional.empty(), price.getValue()))
            .sorted((one, other) -> one.unit().compareTo(other.unit()));
    Stream<PriceView> bySize =
        now.prices().imagesBySize(instance, at).entrySet().stream()
            .map(
                price ->
                    new PriceView(
                        PricedUnit.IMAGES.wireName(),
                        Optional.of(price.getKey().toString()),
                        price.getValue()));
    return Stream.concat(plain, bySize).toList();
  }
}
