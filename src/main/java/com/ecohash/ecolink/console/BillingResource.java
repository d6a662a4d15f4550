package com.ecohash.ecolink.console;

import com.ecohash.ecolink.billing.Ledger;
import com.ecohash.ecolink.billing.LedgerEntry;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.metering.UsageFilter;
import com.ecohash.ecolink.metering.UsageQueries;
import com.ecohash.ecolink.metering.UsageSum;
import com.ecohash.ecolink.money.Money;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an account has left, what this month cost, and its ledger. */
@Path("billing")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public final class BillingResource {
  /**
   * Balance and the month of UTC so far, on the wire.
   *
   * @param month as {@code 2026-11}
   */
  @Schema(name = "Billing")
  public record Summary(
      Money balance,
      String month,
      Money cost,
      long requests,
      long inputTokens,
      long outputTokens) {}

  private final Ledger ledger;
  private final UsageQueries queries;
  private final Clock clock;

  @Inject
  public BillingResource(Ledger ledger, UsageQueries queries, Clock clock) {
    this.ledger = ledger;
    this.queries = queries;
    this.clock = clock;
  }

  @GET
  public Summary summary(@Context SecurityContext security) {
    AccountId account = CallerContext.account(security);
    YearMonth month = YearMonth.now(clock.withZone(ZoneOffset.UTC));
    UsageSum sum =
        queries.total(UsageFilter.of(account).between(begin(month), begin(month.plusMonths(1))));
    return new Summary(
        ledger.balance(account),
        month.toString(),
        sum.cost(),
        sum.requests(),
        sum.inputTokens(),
        sum.outputTokens());
  }

  private static Instant begin(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  @GET
  @Path("transactions")
  public Page<TransactionView> transactions(
      @Context SecurityContext security,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limitText) {
    int limit = Queries.limit(limitText);
    List<LedgerEntry> found =
        ledger.entries(CallerContext.account(security), Queries.entryPosition(cursor), limit + 1);
    List<LedgerEntry> page = found.subList(0, Math.min(limit, found.size()));
    Optional<String> next =
        found.size() > limit
            ? Optional.of(Long.toString(page.get(limit - 1).id()))
            : Optional.empty();
    return new Page<>(page.stream().map(TransactionView::of).toList(), next);
  }
}
