package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.NewAccount;
import com.ecohash.ecolink.billing.Booking;
import com.ecohash.ecolink.billing.LedgerEntry;
import com.ecohash.ecolink.billing.LedgerKind;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.ids.RequestIds;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.Container;
import com.ecohash.ecolink.instances.DeployedInstance;
import com.ecohash.ecolink.instances.Launch;
import com.ecohash.ecolink.instances.Mode;
import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.instances.Region;
import com.ecohash.ecolink.metering.AttemptRecord;
import com.ecohash.ecolink.metering.Ending;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.Units;
import com.ecohash.ecolink.metering.UnitsSource;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import com.ecohash.ecolink.money.Rates;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Accounts, instances and usage records that look like real ones, for tests. */
final class TestingWorld {
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
  private static final RequestIds IDS = new RequestIds(CLOCK, new SecureRandom());
  private static final Rates RATES =
      new Rates(
          Map.of(
              PricedUnit.INPUT_TOKENS, Money.parse("0.0375"),
              PricedUnit.OUTPUT_TOKENS, Money.parse("0.15")));

  private TestingWorld() {}

  static AccountId account(Database database) {
    String email = UUID.randomUUID() + "@example.com";
    return new JpaAccounts(database, CLOCK)
        .create(new NewAccount("Acme", email, "hash"))
        .orElseThrow()
        .id();
  }

  static Launch launch(AccountId account, String name, Map<RegionId, URI> endpoints) {
    return launch(account, name, Category.CHAT, endpoints);
  }

  static Launch launch(
      AccountId account, String name, Category category, Map<RegionId, URI> endpoints) {
    return new Launch(
        account,
        name,
        Optional.of(category),
        Mode.OPENAI,
        Optional.empty(),
        Protocol.HTTP_1_1,
        false,
        Optional.of("/health"),
        Optional.of("secret"),
        new Container(
            Optional.of("vllm/vllm-openai:latest"), Optional.of(8000), Optional.of("H100"), 2),
        endpoints);
  }

  /**
   * A running custom instance with a replica in each of these regions, which are made if needed.
   */
  static DeployedInstance launchCustom(
      Database database,
      Clock clock,
      AccountId account,
      String gpuType,
      int gpus,
      String... regions) {
    JpaRegions known = new JpaRegions(database, clock);
    Map<RegionId, URI> endpoints = new HashMap<>();
    for (String region : regions) {
      RegionId id = new RegionId(region);
      known.create(new Region(id, region, Region.Runtime.EXTERNAL, false));
      endpoints.put(id, URI.create("http://127.0.0.1:9"));
    }
    JpaInstances instances = new JpaInstances(database, clock);
    DeployedInstance launched =
        instances
            .launch(
                new Launch(
                    account,
                    "my-sd",
                    Optional.empty(),
                    Mode.CUSTOM,
                    Optional.of("/"),
                    Protocol.HTTP_1_1,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    new Container(Optional.empty(), Optional.empty(), Optional.of(gpuType), gpus),
                    endpoints))
            .orElseThrow();
    instances.ready(launched.instance().id());
    return launched;
  }

  static RequestId requestId() {
    return IDS.next();
  }

  static UsageRecord record(AccountId account, long costNanos) {
    return record(account, requestId(), NOON, 1, Optional.of(new KeyId(1)), costNanos);
  }

  static UsageRecord record(
      AccountId account,
      RequestId id,
      Instant startedAt,
      long instance,
      Optional<KeyId> key,
      long costNanos) {
    return new UsageRecord(
        new ExchangeStart(
            id,
            startedAt,
            account,
            key,
            new InstanceId(instance),
            Optional.of(Category.CHAT),
            "my-llama:" + instance,
            true,
            RATES),
        Ending.COMPLETED,
        200,
        Units.tokens(100, 20, 50, 10, UnitsSource.REPORTED),
        new Money(costNanos),
        Optional.of(new RegionId("us-west")),
        List.of(
            new AttemptRecord(
                new ReplicaId(1), new RegionId("us-east"), "fewest", "connect_refused", 3),
            new AttemptRecord(new ReplicaId(2), new RegionId("us-west"), "failover", "ok", 250)),
        120_000,
        253_000);
  }

  static void topUp(Database database, AccountId account, String amount) {
    new JpaLedger(database, CLOCK)
        .post(
            new Booking(account, LedgerKind.TOP_UP, Money.parse(amount), "test", Optional.empty()));
  }

  /** All entries of the account, oldest first. */
  static List<LedgerEntry> ledger(Database database, AccountId account) {
    List<LedgerEntry> newestFirst =
        new JpaLedger(database, CLOCK).entries(account, Optional.empty(), Integer.MAX_VALUE);
    return newestFirst.stream().sorted((a, b) -> Long.compare(a.id(), b.id())).toList();
  }
}
