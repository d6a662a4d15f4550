package com.ecohash.ecolink.console.bill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecohash.ecolink.access.Caller;
import com.ecohash.ecolink.billing.BillingQueries;
import com.ecohash.ecolink.billing.Burn;
import com.ecohash.ecolink.billing.GpuPeriod;
import com.ecohash.ecolink.billing.GpuPosition;
import com.ecohash.ecolink.billing.Standing;
import com.ecohash.ecolink.console.CallerContext;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.metering.UsageFilter;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.persistence.Database;
import com.ecohash.ecolink.persistence.JpaUsageQueries;
import com.ecohash.ecolink.persistence.TestingDatabase;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class UsageCsvResourceTest {
  private static final int ROWS_MAX = 3;

  /** An account whose GPUs ran in so many stretches. */
  private record Stretches(int count) implements BillingQueries {
    @Override
    public Standing standing(AccountId account) {
      return new Standing(Money.ZERO, Burn.NONE, List.of());
    }

    @Override
    public List<GpuPeriod> gpuTime(UsageFilter filter, Optional<GpuPosition> after, int limit) {
      return List.of();
    }

    @Override
    public long countGpuTime(UsageFilter filter, int max) {
      return Math.min(count, max);
    }
  }

  private static int status(int stretches) {
    UriInfo plain =
        (UriInfo)
            Proxy.newProxyInstance(
                UriInfo.class.getClassLoader(),
                new Class<?>[] {UriInfo.class},
                (proxy, method, arguments) -> new MultivaluedHashMap<String, String>());
    try (Database database = TestingDatabase.H2_MEMORY.open()) {
      return new UsageCsvResource(
              new JpaUsageQueries(database),
              new Stretches(stretches),
              new BillingSettings(
                  Money.ZERO, "credit.max", Money.ZERO, "price.max", ROWS_MAX, "csv.rows"))
          .usage(new CallerContext(new Caller.Operator(Optional.of(new AccountId(1))), true), plain)
          .getStatus();
    }
  }

  @Test
  void countsStretchesOfGpuTimeAmongTheRows() {
    assertThat(status(ROWS_MAX)).isEqualTo(200);
    assertThatThrownBy(() -> status(ROWS_MAX + 1))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("csv.rows");
  }
}
