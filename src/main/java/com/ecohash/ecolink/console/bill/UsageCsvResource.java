package com.ecohash.ecolink.console.bill;

import com.ecohash.ecolink.billing.BillingQueries;
import com.ecohash.ecolink.billing.GpuPeriod;
import com.ecohash.ecolink.billing.GpuPosition;
import com.ecohash.ecolink.console.CallerContext;
import com.ecohash.ecolink.metering.UsageFilter;
import com.ecohash.ecolink.metering.UsagePosition;
import com.ecohash.ecolink.metering.UsageQueries;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.UsageSum;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * An account's usage as a table to be downloaded: exchanges and stretches of GPU time, newest
 * first, or sums.
 */
@Path("usage.csv")
@Dependent
@Produces(CsvFile.TYPE)
public final class UsageCsvResource {
  private final UsageQueries queries;
  private final BillingQueries billing;
  private final BillingSettings settings;

  @Inject
  public UsageCsvResource(UsageQueries queries, BillingQueries billing, BillingSettings settings) {
    this.queries = queries;
    this.billing = billing;
    this.settings = settings;
  }

  @GET
  @APIResponse(
      responseCode = "200",
      description = "A table.",
      content = @Content(mediaType = "text/csv", schema = @Schema(implementation = String.class)))
  public Response usage(@Context SecurityContext security, @Context UriInfo uri) {
    UsageQuestion question =
        UsageQuestion.of(CallerContext.account(security), uri.getQueryParameters());
    return question.isGrouped() ? sums(question) : records(question.filter());
  }

  private Response sums(UsageQuestion question) {
    List<UsageSum> sums =
        queries.sums(question.filter(), question.by(), Optional.empty(), sumsMax(settings) + 1);
    CsvFile.requireAtMost(settings, sums.size());
    return CsvFile.of(
        "ecolink-usage.csv",
        csv -> {
          csv.header(UsageRows.SUM_COLUMNS);
          sums.forEach(sum -> UsageRows.write(csv, sum));
        });
  }

  /** Sums are held in memory; there are as many as days, instances and keys, not as requests. */
  private static int sumsMax(BillingSettings settings) {
    return Math.min(settings.csvRowsMax(), 100_000);
  }

  private Response records(UsageFilter filter) {
    long requests = queries.total(filter).requests();
    CsvFile.requireAtMost(
        settings, requests + billing.countGpuTime(filter, settings.csvRowsMax() + 1));
    return CsvFile.of("ecolink-usage.csv", csv -> write(csv, filter));
  }

  private void write(Csv csv, UsageFilter filter) {
    csv.header(UsageRows.COLUMNS);
    Iterator<UsageRecord> records =
        CsvFile.<UsageRecord, UsagePosition>pages(
            (after, limit) -> queries.list(filter, after, limit), UsagePosition::of);
    Iterator<GpuPeriod> periods =
        CsvFile.<GpuPeriod, GpuPosition>pages(
            (after, limit) -> billing.gpuTime(filter, after, limit), GpuPosition::of);
    @Nullable UsageRecord record = next(records);
    @Nullable GpuPeriod period = next(periods);
    while (record != null || period != null) {
      if (record != null && (period == null || !isBefore(record, period))) {
        UsageRows.write(csv, record);
        record = next(records);
      } else if (period != null) {
        UsageRows.write(csv, period);
        period = next(periods);
      }
    }
  }

  private static boolean isBefore(UsageRecord record, GpuPeriod period) {
    return record.start().startedAt().isBefore(period.begin());
  }

  private static <T> @Nullable T next(Iterator<T> items) {
    return items.hasNext() ? items.next() : null;
  }
}
