package com.ecohash.ecolink.console.instances;

import com.ecohash.ecolink.access.Caller;
import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.console.Audited;
import com.ecohash.ecolink.console.CallerContext;
import com.ecohash.ecolink.console.Page;
import com.ecohash.ecolink.console.PathIds;
import com.ecohash.ecolink.console.Queries;
import com.ecohash.ecolink.fleet.InstanceLife;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.DeployedInstance;
import com.ecohash.ecolink.instances.EndpointAllowList;
import com.ecohash.ecolink.instances.InstanceFilter;
import com.ecohash.ecolink.instances.InstanceState;
import com.ecohash.ecolink.instances.Instances;
import com.ecohash.ecolink.instances.Launch;
import com.ecohash.ecolink.instances.Mode;
import com.ecohash.ecolink.instances.Regions;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import com.ecohash.ecolink.secrets.SealedTexts;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** An account's instances: launched, looked at, stopped. */
@Path("instances")
@Dependent
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class InstanceResource {
  private static final String STOPPED = "stopped";

  private final Instances instances;
  private final Regions regions;
  private final LaunchCheck check;
  private final ReplicaHealth health;
  private final InstanceLife life;
  private final SealedTexts secrets;
  private final LaunchFunds funds;

  @Inject
  public InstanceResource(
      Instances instances,
      Regions regions,
      EndpointAllowList allowed,
      ReplicaHealth health,
      InstanceLife life,
      SealedTexts secrets,
      LaunchFunds funds) {
    this.instances = instances;
    this.regions = regions;
    this.check = new LaunchCheck(new EndpointCheck(allowed));
    this.health = health;
    this.life = life;
    this.secrets = secrets;
    this.funds = funds;
  }

  @POST
  @Audited(Action.INSTANCE_LAUNCHED)
  @APIResponse(
      responseCode = "201",
      description = "Made.",
      content = @Content(schema = @Schema(implementation = InstanceView.class)))
  public Response launch(@Context SecurityContext security, LaunchRequest request) {
    Launch launch = check.check(request, CallerContext.account(security), regions.list());
    if (launch.platform() && !(CallerContext.caller(security) instanceof Caller.Operator)) {
      throw new ApiException(ErrorType.FORBIDDEN, "Only the operator launches platform models.")
          .withParam("platform");
    }
    if (launch.upstreamKey().isPresent() && !secrets.canSeal()) {
      throw new ApiException(
              ErrorType.CONFLICT,
              "This gateway keeps no credentials of containers, as it has no key to encrypt them"
                  + " with. Ask the operator to set ecolink.secrets.key.")
          .withParam("upstream_key");
    }
    funds.require(launch);
    DeployedInstance launched =
        life.launch(launch)
            .orElseThrow(
                () ->
                    new ApiException(
                            ErrorType.CONFLICT, "There is a platform model of this name already.")
                        .withParam("name"));
    return Response.status(Response.Status.CREATED)
        .entity(InstanceView.of(launched, health))
        .build();
  }

  @GET
  public Page<InstanceView> list(
      @Context SecurityContext security,
      @QueryParam("state") @Nullable String state,
      @QueryParam("category") @Nullable String category,
      @QueryParam("mode") @Nullable String mode,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limitText) {
    return Page.of(
        Queries.listLimit(limitText),
        many ->
            instances.list(
                CallerContext.account(security),
                new InstanceFilter(
                    Queries.words("state", state, InstanceState.class, InstanceState::wireName),
                    Queries.words("category", category, Category.class, Category::wireName),
                    Queries.words(
                        "mode", mode, Mode.class, one -> one.name().toLowerCase(Locale.ROOT))),
                Queries.entryPosition(cursor).map(InstanceId::new),
                many),
        instance -> InstanceView.of(instance, health),
        last -> last.instance().id().toString());
  }

  @GET
  @Path("{id}")
  public InstanceView find(@Context SecurityContext security, @PathParam("id") String id) {
    return instances
        .find(CallerContext.account(security), PathIds.instance(id))
        .map(instance -> InstanceView.of(instance, health))
        .orElseThrow(() -> PathIds.notFound("instance"));
  }

  @DELETE
  @Path("{id}")
  @Audited(Action.INSTANCE_STOPPED)
  @APIResponse(
      responseCode = "200",
      description = "As it is now: stopping, or ended.",
      content = @Content(schema = @Schema(implementation = InstanceView.class)))
  public Response stop(@Context SecurityContext security, @PathParam("id") String id) {
    AccountId account = CallerContext.account(security);
    InstanceId instance = PathIds.instance(id);
    // Two who stop it at the same moment did so both.
    boolean before = instances.find(account, instance).filter(InstanceResource::ends).isPresent();
    DeployedInstance stopped =
        life.stop(account, instance, STOPPED).orElseThrow(() -> PathIds.notFound("instance"));
    Response.ResponseBuilder answer = Response.ok(InstanceView.of(stopped, health));
    return before ? answer.header(Audited.REPLAYED, "true").build() : answer.build();
  }

  private static boolean ends(DeployedInstance deployed) {
    InstanceState state = deployed.instance().state();
    return state == InstanceState.STOPPING || state == InstanceState.TERMINATED;
  }
}
