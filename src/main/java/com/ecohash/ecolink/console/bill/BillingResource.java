package com.ecohash.ecolink.console.bill;

import com.ecohash.ecolink.billing.BalanceWarning;
import com.ecohash.ecolink.billing.BillingQueries;
import com.ecohash.ecolink.billing.Burn;
import com.ecohash.ecolink.billing.Ledger;
import com.ecohash.ecolink.billing.LedgerEntry;
import com.ecohash.ecolink.billing.LedgerFilter;
import com.ecohash.ecolink.billing.LedgerKind;
import com.ecohash.ecolink.billing.Standing;
import com.ecohash.ecolink.billing.WarningLadder;
import com.ecohash.ecolink.console.CallerContext;
import com.ecohash.ecolink.console.Page;
import com.ecohash.ecolink.console.Queries;
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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What an account has left, what this month cost, what an hour costs now, and its ledger. */
@Path("billing")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public final class BillingResource {
  /**
   * Balance and the month of UTC so far, on the wire.
   *
   * @param month as {@code 2026-11}
   * @param calls the same as requests
   * @param burnPerHour what running GPUs cost in an hour, and the mean of the last hour's exchanges
   * @param hoursLeft how long the balance lasts at that; null if nothing is spent
   */
  @Schema(name = "Billing")
  public record Summary(
      Money balance,
      String month,
      Money cost,
      long requests,
      long calls,
      long inputTokens,
      long outputTokens,
      long gpuSeconds,
      Money burnPerHour,
      Optional<BigDecimal> hoursLeft,
      List<WarningView> warnings) {
    public Summary {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * A warning on the wire.
   *
   * @param minutes for which the balance lasted at most; 0 if it was used up
   * @param at when it was given
   */
  public record WarningView(
      int minutes, String message, Money balance, Money burnPerHour, Instant at) {
    static WarningView of(BalanceWarning warning) {
      return new WarningView(
          warning.minutes(),
          warning.message(),
          warning.balance(),
          warning.burnPerHour(),
          warning.warnedAt());
    }
  }

  private static final List<String> COLUMNS =
      List.of(
          "id",
          "created_at",
          "booked_at",
          "kind",
          "amount",
          "balance_after",
          "request_id",
          "description");

  private final Ledger ledger;
  private final UsageQueries queries;
  private final BillingQueries billing;
  private final BillingSettings settings;
  private final Clock clock;

  @Inject
  public BillingResource(
      Ledger ledger,
      UsageQueries queries,
      BillingQueries billing,
      BillingSettings settings,
      Clock clock) {
    this.ledger = ledger;
    this.queries = queries;
    this.billing = billing;
    this.settings = settings;
    this.clock = clock;
  }

  @GET
  public Summary summary(@Context SecurityContext security) {
    AccountId account = CallerContext.account(security);
    YearMonth month = YearMonth.now(clock.withZone(ZoneOffset.UTC));
    UsageSum sum =
        queries.total(UsageFilter.of(account).between(begin(month), begin(month.plusMonths(1))));
    Standing standing = billing.standing(account);
    Money balance = standing.balance();
    Burn burn = standing.burn();
    return new Summary(
        balance,
        month.toString(),
        sum.cost(),
        sum.requests(),
        sum.requests(),
        sum.inputTokens(),
        sum.outputTokens(),
        sum.gpuSeconds(),
        burn.perHour(),
        burn.hoursLeft(balance),
        standing.warnings().stream()
            .filter(warning -> WarningLadder.stands(warning, balance, burn))
            .map(WarningView::of)
            .toList());
  }

  private static Instant begin(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  @GET
  @Path("transactions")
  public Page<TransactionView> transactions(
      @Context SecurityContext security,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("kind") @Nullable String kind,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limitText) {
    return Page.of(
        Queries.limit(limitText),
        many ->
            ledger.entries(filter(security, from, to, kind), Queries.entryPosition(cursor), many),
        TransactionView::of,
        last -> Long.toString(last.id()));
  }

  /**
   * @param kinds names of kinds, with commas between
   */
  private static LedgerFilter filter(
      SecurityContext security,
      @Nullable String from,
      @Nullable String to,
      @Nullable String kinds) {
    Optional<Instant> begin = Queries.time("from", from);
    Optional<Instant> end = Queries.time("to", to);
    Queries.requireOrder(begin, end);
    return new LedgerFilter(
        CallerContext.account(security),
        begin,
        end,
        Queries.words("kind", kinds, LedgerKind.class, LedgerKind::wireName));
  }

  /** All of the ledger, or what was booked within a time, newest first. */
  @GET
  @Path("transactions.csv")
  @Produces(CsvFile.TYPE)
  @APIResponse(
      responseCode = "200",
      description = "A table.",
      content = @Content(mediaType = "text/csv", schema = @Schema(implementation = String.class)))
  public Response table(
      @Context SecurityContext security,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("kind") @Nullable String kind) {
    LedgerFilter filter = filter(security, from, to, kind);
    CsvFile.requireAtMost(settings, ledger.count(filter, settings.csvRowsMax() + 1));
    return CsvFile.of(
        "ecolink-transactions.csv",
        csv -> {
          csv.header(COLUMNS);
          CsvFile.<LedgerEntry, Long>pages(
                  (before, limit) -> ledger.entries(filter, before, limit), LedgerEntry::id)
              .forEachRemaining(entry -> write(csv, TransactionView.of(entry)));
        });
  }

  private static void write(Csv csv, TransactionView entry) {
    csv.value(entry.id())
        .value(entry.createdAt())
        .value(entry.bookedAt())
        .value(entry.kind())
        .value(entry.amount())
        .value(entry.balanceAfter())
        .value(entry.requestId())
        .text(entry.description())
        .end();
  }
}
