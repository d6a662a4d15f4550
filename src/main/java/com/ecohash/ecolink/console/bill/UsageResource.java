package com.ecohash.ecolink.console.bill;

import com.ecohash.ecolink.console.CallerContext;
import com.ecohash.ecolink.console.Page;
import com.ecohash.ecolink.console.Queries;
import com.ecohash.ecolink.metering.Receipt;
import com.ecohash.ecolink.metering.UsagePosition;
import com.ecohash.ecolink.metering.UsageQueries;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** An account's usage: exchange by exchange, or summed by day, instance or key. */
@Path("usage")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public final class UsageResource {
  private static final int GROUPS_MAX = 10_000;

  /** A page of receipts, for the document of the API. */
  public record ReceiptPage(List<Receipt> data, Optional<String> nextCursor) {}

  /** A page of sums, for the document of the API. */
  public record UsageSumPage(List<UsageSumView> data, Optional<String> nextCursor) {}

  private final UsageQueries queries;

  @Inject
  public UsageResource(UsageQueries queries) {
    this.queries = queries;
  }

  /** A page of receipts, or with {@code group_by} of sums. */
  @GET
  @APIResponse(
      responseCode = "200",
      description = "Receipts, or sums.",
      content = @Content(schema = @Schema(anyOf = {ReceiptPage.class, UsageSumPage.class})))
  public Response usage(@Context SecurityContext security, @Context UriInfo uri) {
    MultivaluedMap<String, String> parameters = uri.getQueryParameters();
    UsageQuestion question = UsageQuestion.of(CallerContext.account(security), parameters);
    Record page = question.isGrouped() ? sums(question, parameters) : list(question, parameters);
    return Response.ok(page).build();
  }

  private Page<Receipt> list(UsageQuestion question, MultivaluedMap<String, String> parameters) {
    return Page.of(
        Queries.limit(parameters.getFirst("limit")),
        many ->
            queries.list(question.filter(), Queries.position(parameters.getFirst("cursor")), many),
        Receipt::of,
        last -> Queries.cursor(UsagePosition.of(last)));
  }

  private Page<UsageSumView> sums(
      UsageQuestion question, MultivaluedMap<String, String> parameters) {
    return Page.of(
        Queries.limit(parameters.getFirst("limit"), GROUPS_MAX, GROUPS_MAX),
        many ->
            queries.sums(
                question.filter(),
                question.by(),
                question.position(parameters.getFirst("cursor")),
                many),
        UsageSumView::of,
        last -> last.group().name());
  }
}
