package com.ecohash.ecolink.console;

import com.ecohash.ecolink.access.Caller;
import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.instances.DeployedInstance;
import com.ecohash.ecolink.instances.EndpointAllowList;
import com.ecohash.ecolink.instances.Instances;
import com.ecohash.ecolink.instances.Launch;
import com.ecohash.ecolink.instances.Regions;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

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
  private final CurrentCatalog catalog;

  @Inject
  public InstanceResource(
      Instances instances,
      Regions regions,
      EndpointAllowList allowed,
      ReplicaHealth health,
      CurrentCatalog catalog) {
    this.instances = instances;
    this.regions = regions;
    this.check = new LaunchCheck(new EndpointCheck(allowed));
    this.health = health;
    this.catalog = catalog;
  }

  @POST
  @Audited(Action.INSTANCE_LAUNCHED)
  public Response launch(@Context SecurityContext security, LaunchRequest request) {
    Launch launch = check.check(request, CallerContext.account(security), regions.list());
    if (launch.platform() && !(CallerContext.caller(security) instanceof Caller.Operator)) {
      throw new ApiException(ErrorType.FORBIDDEN, "Only the operator launches platform models.")
          .withParam("platform");
    }
    DeployedInstance launched =
        instances
            .launch(launch)
            .orElseThrow(
                () ->
                    new ApiException(
                            ErrorType.CONFLICT, "There is a platform model of this name already.")
                        .withParam("name"));
    catalog.refresh();
    return Response.status(Response.Status.CREATED)
        .entity(InstanceView.of(launched, health))
        .build();
  }

  @GET
  public Page<InstanceView> list(@Context SecurityContext security) {
    return Page.whole(
        instances.list(CallerContext.account(security)).stream()
            .map(instance -> InstanceView.of(instance, health))
            .toList());
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
  public InstanceView stop(@Context SecurityContext security, @PathParam("id") String id) {
    DeployedInstance stopped =
        instances
            .terminate(CallerContext.account(security), PathIds.instance(id), STOPPED)
            .orElseThrow(() -> PathIds.notFound("instance"));
    catalog.refresh();
    return InstanceView.of(stopped, health);
  }
}
