package com.ecohash.ecolink.console.bill;

import com.ecohash.ecolink.billing.BillingQueries;
import com.ecohash.ecolink.billing.GpuPosition;
import com.ecohash.ecolink.console.CallerContext;
import com.ecohash.ecolink.console.Page;
import com.ecohash.ecolink.console.Queries;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;

/** The usage records of an account's GPU time, newest first. */
@Path("usage/gpu-time")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public final class GpuTimeResource {
  private final BillingQueries queries;

  @Inject
  public GpuTimeResource(BillingQueries queries) {
    this.queries = queries;
  }

  @GET
  public Page<GpuTimeView> list(@Context SecurityContext security, @Context UriInfo uri) {
    MultivaluedMap<String, String> parameters = uri.getQueryParameters();
    UsageQuestion question = UsageQuestion.of(CallerContext.account(security), parameters);
    return Page.of(
        Queries.limit(parameters.getFirst("limit")),
        many ->
            queries.gpuTime(
                question.filter(), Queries.gpuPosition(parameters.getFirst("cursor")), many),
        GpuTimeView::of,
        last -> Queries.cursor(GpuPosition.of(last)));
  }
}
