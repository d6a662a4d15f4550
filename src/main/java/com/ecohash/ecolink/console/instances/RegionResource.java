package com.ecohash.ecolink.console.instances;

import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.console.CallerContext;
import com.ecohash.ecolink.console.Page;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.instances.Region;
import com.ecohash.ecolink.instances.Regions;
import com.ecohash.ecolink.instances.Replica;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where instances can run, and how the caller's do there. */
@Path("regions")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public final class RegionResource {
  static final String UNKNOWN_HEALTH = "unknown";

  /**
   * A region on the wire.
   *
   * @param health how many of the account's replicas there (the operator's: of all) are in which
   *     health
   * @param inFlight exchanges that this node has under way with them: those that a drain waits for
   */
  @Schema(name = "Region")
  public record View(
      String id,
      String name,
      String runtime,
      boolean draining,
      Map<String, Integer> health,
      int inFlight) {}

  private final Regions regions;
  private final CurrentCatalog catalog;
  private final ReplicaHealth health;

  @Inject
  public RegionResource(Regions regions, CurrentCatalog catalog, ReplicaHealth health) {
    this.regions = regions;
    this.catalog = catalog;
    this.health = health;
  }

  @GET
  public Page<View> list(@Context SecurityContext security) {
    Optional<AccountId> account = CallerContext.caller(security).account();
    return Page.whole(
        regions.list().stream()
            .map(
                region ->
                    new View(
                        region.id().value(),
                        region.name(),
                        region.runtime().name().toLowerCase(Locale.ROOT),
                        region.draining(),
                        health(region, account),
                        replicas(region, account)
                            .mapToInt(replica -> health.inFlight(replica.id()))
                            .sum()))
            .toList());
  }

  private Map<String, Integer> health(Region region, Optional<AccountId> account) {
    Map<String, Integer> counts = new TreeMap<>();
    replicas(region, account)
        .forEach(
            replica ->
                counts.merge(health.of(replica.id()).orElse(UNKNOWN_HEALTH), 1, Integer::sum));
    return counts;
  }

  private Stream<Replica> replicas(Region region, Optional<AccountId> account) {
    return catalog.get().instances().all().stream()
        .filter(instance -> account.isEmpty() || account.get().equals(instance.account()))
        .flatMap(instance -> instance.replicas().stream())
        .filter(replica -> replica.region().equals(region.id()));
  }
}
