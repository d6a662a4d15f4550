package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.Burn;
import com.ecohash.ecolink.billing.GpuRun;
import com.ecohash.ecolink.billing.PriceBook;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.money.Money;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** Reads what an account spends in an hour: from what runs now and from roll-ups. */
final class BurnRows {
  private static final String API_COSTS =
      "select hour_start, sum(cost_nanos - gpu_cost_nanos) from usage_rollup"
          + " where account_id = ? and hour_start >= ? group by hour_start";
  private static final long HOUR_SECONDS = 3_600;

  private BurnRows() {}

  static PriceBook gpuPrices(EntityManager entityManager) {
    return new PriceBook(
        entityManager
            .createQuery("from PriceEntity where subjectKind = 'gpu_type'", PriceEntity.class)
            .getResultStream()
            .map(PriceEntity::toPrice)
            .toList());
  }

  static Burn read(Connection connection, AccountId account, PriceBook prices, Instant now)
      throws SQLException {
    BigInteger gpu = BigInteger.ZERO;
    for (GpuRun run : GpuRunRows.running(connection, account)) {
      gpu = gpu.add(hourlyNanos(run, prices, now));
    }
    // No price is so absurd that it keeps an account from being settled.
    return new Burn(Money.capped(gpu), api(connection, account, now));
  }

  private static BigInteger hourlyNanos(GpuRun run, PriceBook prices, Instant now) {
    Money one = prices.gpuPrice(run.gpuType(), run.region(), now).orElse(Money.ZERO);
    return BigInteger.valueOf(one.nanoDollars()).multiply(BigInteger.valueOf(run.gpus()));
  }

  /** This hour's, and of the hour before the part that is no hour ago, as if it were even. */
  private static Money api(Connection connection, AccountId account, Instant now)
      throws SQLException {
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    long restSeconds = HOUR_SECONDS - Duration.between(hour, now).toSeconds();
    Money sum = Money.ZERO;
    try (PreparedStatement statement = connection.prepareStatement(API_COSTS)) {
      new Parameters(statement).number(account.value()).time(hour.minusSeconds(HOUR_SECONDS));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          boolean isThisHour = !rows.getObject(1, OffsetDateTime.class).toInstant().isBefore(hour);
          Money cost = new Money(rows.getLong(2));
          sum = sum.plus(isThisHour ? cost : part(cost, restSeconds));
        }
      }
    }
    return sum;
  }

  private static Money part(Money hourly, long seconds) {
    return new Money(
        BigDecimal.valueOf(hourly.nanoDollars())
            .multiply(BigDecimal.valueOf(seconds))
            .divide(BigDecimal.valueOf(HOUR_SECONDS), 0, RoundingMode.DOWN)
            .longValueExact());
  }
}
