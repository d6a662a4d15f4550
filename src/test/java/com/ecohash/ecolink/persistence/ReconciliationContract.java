package com.ecohash.ecolink.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.billing.BillingListener;
import com.ecohash.ecolink.billing.Price;
import com.ecohash.ecolink.billing.PriceSubject;
import com.ecohash.ecolink.billing.Reconciled;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A reconciliation finds what somebody changed behind the product's back, on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReconciliationContract {
  private final DatabaseSettings settings;
  private final Database database;
  private final TestingClock clock = new TestingClock(TestingWorld.NOON);

  ReconciliationContract(TestingDatabase kind) {
    settings = kind.fresh();
    database = Database.open(settings);
    new JpaPrices(database, clock)
        .add(
            new Price(
                new PriceSubject.OfGpuType("H100"),
                PricedUnit.GPU_HOURS,
                Money.parse("3.60"),
                TestingWorld.NOON.minusSeconds(1)));
  }

  @AfterAll
  void close() {
    database.close();
  }

  /** An account with credit, exchanges over some days, and GPU time. */
  private AccountId account() {
    AccountId account = TestingWorld.account(database);
    TestingWorld.topUp(database, account, "100");
    TestingWorld.launchCustom(database, clock, account, "H100", 2, "us-west", "eu");
    JdbcUsageStore store = new JdbcUsageStore(database, clock);
    for (int day = 0; day < 3; day++) {
      List<UsageRecord> batch = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        batch.add(
            TestingWorld.record(
                account,
                TestingWorld.requestId(),
                TestingWorld.NOON.minus(Duration.ofHours(20 * day + i)),
                1 + i % 2,
                Optional.of(new KeyId(1 + i % 3)),
                1_000 + i));
      }
      store.store(batch);
    }
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofMinutes(37));
      new GpuSettlement(database, clock, Duration.ofMinutes(1), BillingListener.NONE)
          .settle(account);
    }
    return account;
  }

  private List<String> differencesOf(AccountId account) {
    List<String> all = new ArrayList<>();
    Reconciled result = Reconciliation.of(database).reconcile(all::add);
    assertThat(result.differences()).isEqualTo(all.size());
    return all.stream()
        .filter(sentence -> sentence.matches(".*[Aa]ccount " + account + "\\b.*"))
        .toList();
  }

  private void change(String sql, AccountId account) {
    try (Connection connection = database.connections().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql.replace("$A", account.toString()))).isPositive();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void findsNothingWhereNothingDiffers() {
    AccountId account = account();
    assertThat(differencesOf(account)).isEmpty();
    Reconciled result =
        settings.url().startsWith("jdbc:h2:file:")
            ? Reconciliation.of(database).reconcile(sentence -> {})
            : Reconciliation.of(settings).reconcile(sentence -> {});
    assertThat(result.usageRecords()).isGreaterThanOrEqualTo(21);
    assertThat(result.gpuPeriods()).isGreaterThanOrEqualTo(6);
    assertThat(result.rollups()).isPositive();
    assertThat(result.entries()).isGreaterThanOrEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          update account set balance_nanos = balance_nanos + 1 where id = $A | its ledger ends at
          update ledger_entry set amount_nanos = amount_nanos - 5 where account_id = $A and kind = 'gpu_usage' | sum up to
          update ledger_entry set balance_after_nanos = 7 where account_id = $A and kind = 'top_up' | the balance after it is
          delete from ledger_entry where account_id = $A and kind = 'gpu_usage' | for GPU time
          update usage_record set cost_nanos = cost_nanos + 1 where account_id = $A and instance_id = 2 | for exchanges
          delete from usage_record where account_id = $A and key_id = 3 | the roll-up of the hour
          update usage_rollup set requests = requests + 1 where account_id = $A and instance_id = 1 | requests is
          delete from usage_rollup where account_id = $A and instance_id = 1 | it is missing
          update usage_day set gpu_seconds = gpu_seconds + 1 where account_id = $A and gpu_seconds > 0 | the roll-up of the day
          delete from usage_day where account_id = $A and instance_id = 2 | it is missing
          update gpu_period set cost_nanos = cost_nanos + 1 where account_id = $A | costs
          delete from gpu_period where account_id = $A and begin_at > '2026-11-23T12:30:00Z' | was due,charged to
          update gpu_run set settled_until = begin_at where account_id = $A | noted as charged to
          delete from gpu_run where account_id = $A | belongs to no run
          update gpu_run set end_at = begin_at where account_id = $A | nothing notes how long
          """)
  void findsWhatWasChanged(String sql, String expected) {
    AccountId account = account();
    change(sql.strip(), account);
    assertThat(differencesOf(account))
        .isNotEmpty()
        .anySatisfy(sentence -> assertThat(sentence).containsAnyOf(expected.split(",")));
  }

  @Test
  void findsUsageOfNobody() {
    AccountId account = account();
    change(
        "insert into usage_day select 987654, day_utc, instance_id, key_id, requests, errors,"
            + " input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, images,"
            + " milliseconds, cost_nanos, streams, first_byte_micros, gpu_seconds, gpu_cost_nanos"
            + " from usage_day where account_id = $A",
        account);
    assertThat(differencesOf(new AccountId(987_654)))
        .singleElement()
        .asString()
        .contains("does not exist");
    change("delete from usage_day where account_id = 987654", account);
  }
}
