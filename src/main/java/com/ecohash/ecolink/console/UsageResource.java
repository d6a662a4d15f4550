package com.ecohash.ecolink.console;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.metering.Receipt;
import com.ecohash.ecolink.metering.UsageFilter;
import com.ecohash.ecolink.metering.UsageGrouping;
import com.ecohash.ecolink.metering.UsagePosition;
import com.ecohash.ecolink.metering.UsageQueries;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.openai.ApiException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

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

  /** A page of receipts, or with {@code group_by} all the sums there are. */
  @GET
  @APIResponse(
      responseCode = "200",
      description = "Receipts, or sums.",
      content = @Content(schema = @Schema(anyOf = {ReceiptPage.class, UsageSumPage.class})))
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = Instant.class))
  @Parameter(name = "to", in = ParameterIn.QUERY, schema = @Schema(implementation = Instant.class))
  @Parameter(
      name = "instance",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = Long.class))
  @Parameter(name = "key", in = ParameterIn.QUERY, schema = @Schema(implementation = Long.class))
  @Parameter(
      name = "cursor",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = Integer.class))
  public Response usage(
      @Context SecurityContext security,
      @Context UriInfo uri,
      @QueryParam("group_by") @Nullable String groupBy) {
    MultivaluedMap<String, String> parameters = uri.getQueryParameters();
    UsageFilter filter = filter(CallerContext.account(security), parameters);
    Record page =
        groupBy == null
            ? list(filter, parameters)
            : Page.whole(
                queries.sums(filter, grouping(groupBy), GROUPS_MAX).stream()
                    .map(UsageSumView::of)
                    .toList());
    return Response.ok(page).build();
  }

  private static UsageFilter filter(AccountId account, MultivaluedMap<String, String> parameters) {
    return new UsageFilter(
        account,
        Queries.time("from", parameters.getFirst("from")),
        Queries.time("to", parameters.getFirst("to")),
        Queries.id("instance", parameters.getFirst("instance")).map(InstanceId::new),
        Queries.id("key", parameters.getFirst("key")).map(KeyId::new));
  }

  private Page<Receipt> list(UsageFilter filter, MultivaluedMap<String, String> parameters) {
    int limit = Queries.limit(parameters.getFirst("limit"));
    Optional<UsagePosition> after = Queries.position(parameters.getFirst("cursor"));
    // One more than asked for tells whether there is another page.
    List<UsageRecord> found = queries.list(filter, after, limit + 1);
    List<UsageRecord> page = found.subList(0, Math.min(limit, found.size()));
    Optional<String> next =
        found.size() > limit
            ? Optional.of(Queries.cursor(UsagePosition.of(page.get(limit - 1))))
            : Optional.empty();
    return new Page<>(page.stream().map(Receipt::of).toList(), next);
  }

  private static UsageGrouping grouping(String name) {
    return UsageGrouping.ofWireName(name)
        .orElseThrow(
            () -> ApiException.invalidRequest("group_by", "group_by is day, instance or key."));
  }
}
