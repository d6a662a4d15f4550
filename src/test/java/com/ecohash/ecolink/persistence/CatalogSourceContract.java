package com.ecohash.ecolink.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.access.IssuedKey;
import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.Keys;
import com.ecohash.ecolink.access.NewAccount;
import com.ecohash.ecolink.access.NewKey;
import com.ecohash.ecolink.access.Scope;
import com.ecohash.ecolink.billing.Booking;
import com.ecohash.ecolink.billing.LedgerEntry;
import com.ecohash.ecolink.billing.LedgerFilter;
import com.ecohash.ecolink.billing.LedgerKind;
import com.ecohash.ecolink.billing.Posting;
import com.ecohash.ecolink.billing.Price;
import com.ecohash.ecolink.billing.PriceSubject;
import com.ecohash.ecolink.catalog.Catalog;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.DeployedInstance;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.InstanceFilter;
import com.ecohash.ecolink.instances.InstanceState;
import com.ecohash.ecolink.instances.Launch;
import com.ecohash.ecolink.instances.Mode;
import com.ecohash.ecolink.instances.Region;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.metering.ImageSize;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import com.ecohash.ecolink.money.Rates;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every database owes to accounts, keys, regions, instances, prices and their catalog. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CatalogSourceContract {
  private static final Clock CLOCK = TestingWorld.CLOCK;

  private final Database database;
  private final CurrentCatalog current;
  private final JpaKeys keys;
  private final JpaInstances instances;
  private final JpaRegions regions;

  CatalogSourceContract(TestingDatabase kind) {
    database = kind.open();
    current = new CurrentCatalog(new JpaCatalogSource(database, CLOCK));
    keys = new JpaKeys(database, CLOCK);
    instances = new JpaInstances(database, CLOCK);
    regions = new JpaRegions(database, CLOCK);
  }

  @AfterAll
  void close() {
    database.close();
  }

  private Catalog catalog() {
    current.refresh();
    return current.get();
  }

  private RegionId region() {
    RegionId id = new RegionId("r" + UUID.randomUUID());
    assertThat(regions.create(new Region(id, "West", Region.Runtime.EXTERNAL, false))).isTrue();
    return id;
  }

  private Launch launch(AccountId account, String name) {
    return TestingWorld.launch(
        account, name, Map.of(region(), URI.create("http://127.0.0.1:8000/base")));
  }

  @Test
  void findsAKeyUntilItIsRevoked() {
    AccountId account = TestingWorld.account(database);
    KeyHash hash = KeyHash.of(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
    IssuedKey issued =
        keys.create(
            new NewKey(
                account,
                "ci",
                hash,
                "eco_abcd",
                Set.of(Scope.INFERENCE, Scope.MANAGE),
                Optional.of(TestingWorld.NOON.plusSeconds(1)),
                Optional.of(7),
                Optional.of("team-a")));
    assertThat(catalog().keys().find(hash)).contains(issued.key());
    assertThat(keys.revoke(account, issued.key().id())).isEqualTo(Keys.Revocation.DONE);
    assertThat(catalog().keys().find(hash)).isEmpty();
    assertThat(keys.revoke(account, issued.key().id())).isEqualTo(Keys.Revocation.DONE_BEFORE);
    assertThat(keys.list(account))
        .containsExactly(
            new IssuedKey(
                issued.key(), "eco_abcd", TestingWorld.NOON, Optional.of(CLOCK.instant())));
    assertThat(keys.revoke(TestingWorld.account(database), issued.key().id()))
        .isEqualTo(Keys.Revocation.NOT_FOUND);
  }

  @Test
  void findsAnInstanceUntilItIsTerminated() {
    AccountId account = TestingWorld.account(database);
    DeployedInstance launched = instances.launch(launch(account, "my-llama")).orElseThrow();
    Instance instance = launched.instance();
    assertThat(instance.replicas())
        .singleElement()
        .extracting(Replica::endpoint)
        .isEqualTo(URI.create("http://127.0.0.1:8000/base"));
    assertThat(catalog().instances().find(instance.id())).contains(instance);
    assertThat(instances.find(account, instance.id())).contains(launched);

    DeployedInstance ended = instances.terminate(account, instance.id(), "stopped").orElseThrow();
    assertThat(ended.instance().state()).isEqualTo(InstanceState.TERMINATED);
    assertThat(ended.termination())
        .contains(new DeployedInstance.Termination(TestingWorld.NOON, "stopped"));
    assertThat(catalog().instances().find(instance.id())).isEmpty();
    assertThat(catalog().instances().findEver(instance.id()))
        .get()
        .extracting(Instance::state)
        .isEqualTo(InstanceState.TERMINATED);
    assertThat(instances.terminate(account, instance.id(), "again")).contains(ended);
    assertThat(instances.list(account)).containsExactly(ended);
    assertThat(instances.find(instance.id())).contains(ended);
  }

  @Test
  void listsTheInstancesAskedForInParts() {
    AccountId account = TestingWorld.account(database);
    DeployedInstance ended = instances.launch(launch(account, "one")).orElseThrow();
    DeployedInstance second = instances.launch(launch(account, "two")).orElseThrow();
    DeployedInstance third = instances.launch(launch(account, "three")).orElseThrow();
    instances.terminate(account, ended.instance().id(), "stopped");
    InstanceFilter starting =
        new InstanceFilter(
            Set.of(InstanceState.STARTING, InstanceState.RUNNING),
            Set.of(Category.CHAT),
            Set.of(Mode.OPENAI));
    assertThat(instances.list(account, starting, Optional.empty(), 1)).containsExactly(third);
    assertThat(instances.list(account, starting, Optional.of(third.instance().id()), 5))
        .containsExactly(second);
    InstanceFilter custom = new InstanceFilter(Set.of(), Set.of(), Set.of(Mode.CUSTOM));
    assertThat(instances.list(account, custom, Optional.empty(), 5)).isEmpty();
  }

  @Test
  void storesACredentialEncryptedAndOldOnesOnceTheyAreFound() {
    AccountId account = TestingWorld.account(database);
    Instance instance = instances.launch(launch(account, "sealed")).orElseThrow().instance();
    assertThat(instance.upstreamKey()).contains("secret");
    assertThat(storedKey(instance)).startsWith("enc:1:").doesNotContain("secret");
    assertThat(instance.toString()).doesNotContain("secret");

    update("update instance set upstream_key = 'from before' where id = " + instance.id());
    assertThat(new StoredCredentials(database).sealOutdated()).isPositive();
    assertThat(storedKey(instance)).startsWith("enc:1:").doesNotContain("before");
    assertThat(instances.find(account, instance.id()).orElseThrow().instance().upstreamKey())
        .contains("from before");
    assertThat(new StoredCredentials(database).sealOutdated()).isZero();
    assertThat(new StoredCredentials(database).locked()).isEmpty();

    update("update instance set upstream_key = 'enc:1:00000000:AAAA' where id = " + instance.id());
    assertThat(new StoredCredentials(database).locked()).containsExactly(instance.id());
    assertThat(new StoredCredentials(database).sealOutdated()).isZero();
    update("update instance set upstream_key = null where id = " + instance.id());
  }

  private String storedKey(Instance instance) {
    return database.transaction(
        entityManager ->
            (String)
                entityManager
                    .createNativeQuery(
                        "select upstream_key from instance where id = " + instance.id(),
                        String.class)
                    .getSingleResult());
  }

  private void update(String sql) {
    int unused =
        database.change(entityManager -> entityManager.createNativeQuery(sql).executeUpdate());
  }

  @Test
  void showsNobodyTheInstanceOfAnother() {
    AccountId account = TestingWorld.account(database);
    AccountId other = TestingWorld.account(database);
    Instance instance = instances.launch(launch(account, "mine")).orElseThrow().instance();
    assertThat(instances.find(other, instance.id())).isEmpty();
    assertThat(instances.terminate(other, instance.id(), "stopped")).isEmpty();
    assertThat(catalog().instances().find(instance.id())).isPresent();
  }

  @Test
  void givesAPlatformModelsNameOnce() {
    AccountId account = TestingWorld.account(database);
    Launch plain = launch(account, "llama-" + UUID.randomUUID());
    Launch platform =
        new Launch(
            account,
            plain.name(),
            plain.category(),
            plain.mode(),
            plain.customApiPath(),
            plain.protocol(),
            true,
            plain.healthPath(),
            plain.upstreamKey(),
            plain.container(),
            plain.endpoints());
    Instance first = instances.launch(platform).orElseThrow().instance();
    assertThat(instances.launch(platform)).isEmpty();
    assertThat(instances.launch(plain)).isPresent();
    assertThat(catalog().instances().platformModel(plain.name())).contains(first);
    instances.terminate(account, first.id(), "stopped");
    assertThat(instances.launch(platform)).isPresent();
  }

  @Test
  void drainsTheReplicasOfARegion() {
    AccountId account = TestingWorld.account(database);
    Instance instance = instances.launch(launch(account, "drained")).orElseThrow().instance();
    RegionId region = instance.replicas().get(0).region();
    assertThat(regions.update(region, Optional.empty(), Optional.of(true)))
        .contains(new Region(region, "West", Region.Runtime.EXTERNAL, true));
    assertThat(catalog().instances().find(instance.id()).orElseThrow().replicas())
        .allMatch(Replica::draining);
    assertThat(catalog().regions()).anyMatch(Region::draining);
    assertThat(regions.update(new RegionId("nowhere"), Optional.empty(), Optional.empty()))
        .isEmpty();
    assertThat(regions.create(new Region(region, "again", Region.Runtime.EXTERNAL, false)))
        .isFalse();
  }

  @Test
  void keepsEveryVersionOfAPrice() {
    AccountId account = TestingWorld.account(database);
    JpaPrices prices = new JpaPrices(database, CLOCK);
    Instance instance = instances.launch(launch(account, "priced")).orElseThrow().instance();
    PriceSubject subject = new PriceSubject.OfInstance(instance.id());
    Price now =
        new Price(subject, PricedUnit.INPUT_TOKENS, Money.parse("0.0375"), TestingWorld.NOON);
    Price later =
        new Price(
            subject, PricedUnit.INPUT_TOKENS, Money.parse("9"), TestingWorld.NOON.plusSeconds(60));
    Price output =
        new Price(subject, PricedUnit.OUTPUT_TOKENS, Money.parse("0.15"), TestingWorld.NOON);
    assertThat(prices.add(now)).isTrue();
    assertThat(prices.add(output)).isTrue();
    assertThat(prices.add(later)).isTrue();
    assertThat(prices.add(now)).isFalse();
    assertThat(catalog().prices().ratesFor(instance, TestingWorld.NOON.plusSeconds(59)))
        .get()
        .extracting(rates -> rates.prices().get(PricedUnit.INPUT_TOKENS))
        .isEqualTo(now.amount());
    assertThat(
            prices.add(
                new Price(
                    new PriceSubject.OfCategory(Category.VIDEO),
                    PricedUnit.SECONDS,
                    Money.parse("1"),
                    TestingWorld.NOON)))
        .isTrue();
    assertThat(
            prices.add(
                new Price(
                    new PriceSubject.OfGpuType("H100"),
                    PricedUnit.GPU_HOURS,
                    Money.parse("2"),
                    TestingWorld.NOON)))
        .isTrue();
    assertThat(catalog().prices()).isNotNull();
  }

  @Test
  void keepsAPriceForEachSizeOfImages() {
    AccountId account = TestingWorld.account(database);
    JpaPrices prices = new JpaPrices(database, CLOCK);
    Launch images =
        TestingWorld.launch(
            account, "sized", Category.IMAGE, Map.of(region(), URI.create("http://127.0.0.1:1")));
    Instance instance = instances.launch(images).orElseThrow().instance();
    PriceSubject subject = new PriceSubject.OfInstance(instance.id());
    Optional<ImageSize> square = Optional.of(new ImageSize(512, 512));
    Price all = new Price(subject, PricedUnit.IMAGES, Money.parse("0.04"), TestingWorld.NOON);
    Price small =
        new Price(subject, PricedUnit.IMAGES, square, Money.parse("0.01"), TestingWorld.NOON);
    assertThat(prices.add(all)).isTrue();
    assertThat(prices.add(small)).isTrue();
    assertThat(prices.add(small)).isFalse();
    assertThat(catalog().prices().ratesFor(instance, TestingWorld.NOON, square))
        .contains(new Rates(Map.of(PricedUnit.IMAGES, small.amount())));
    assertThat(catalog().prices().ratesFor(instance, TestingWorld.NOON))
        .contains(new Rates(Map.of(PricedUnit.IMAGES, all.amount())));
  }

  @Test
  void knowsBalancesAfterATopUp() {
    AccountId account = TestingWorld.account(database);
    assertThat(catalog().balances()).containsEntry(account, Money.ZERO);
    TestingWorld.topUp(database, account, "12.50");
    assertThat(catalog().balances()).containsEntry(account, Money.parse("12.50"));
    JpaLedger ledger = new JpaLedger(database, CLOCK);
    assertThat(
            ledger.post(
                new Booking(
                    new AccountId(987_654_321),
                    LedgerKind.BONUS,
                    new Money(1),
                    "none",
                    Optional.empty())))
        .isEqualTo(new Posting.NoSuchAccount());
    assertThat(ledger.entries(account, Optional.empty(), 10))
        .singleElement()
        .satisfies(
            entry -> assertThat(ledger.entries(account, Optional.of(entry.id()), 10)).isEmpty());
  }

  @Test
  void findsEntriesByKindAndTime() {
    AccountId account = TestingWorld.account(database);
    Instant noon = TestingWorld.NOON;
    book(account, LedgerKind.TOP_UP, noon);
    book(account, LedgerKind.BONUS, noon.plusSeconds(60));
    book(account, LedgerKind.BONUS, noon.plusSeconds(120));
    JpaLedger ledger = new JpaLedger(database, CLOCK);
    LedgerFilter bonus =
        new LedgerFilter(account, Optional.empty(), Optional.empty(), Set.of(LedgerKind.BONUS));
    LedgerFilter minute =
        new LedgerFilter(account, Optional.of(noon), Optional.of(noon.plusSeconds(60)), Set.of());
    assertThat(ledger.entries(bonus, Optional.empty(), 10))
        .extracting(LedgerEntry::bookedAt)
        .containsExactly(noon.plusSeconds(120), noon.plusSeconds(60));
    assertThat(ledger.entries(minute, Optional.empty(), 10))
        .extracting(LedgerEntry::kind)
        .containsExactly(LedgerKind.TOP_UP);
    assertThat(ledger.count(bonus, 10)).isEqualTo(2);
    assertThat(ledger.count(bonus, 1)).isEqualTo(1);
    assertThat(ledger.count(LedgerFilter.of(account), 10)).isEqualTo(3);
  }

  private void book(AccountId account, LedgerKind kind, Instant at) {
    new JpaLedger(database, Clock.fixed(at, ZoneOffset.UTC))
        .post(new Booking(account, kind, new Money(1), "test", Optional.empty()));
  }

  @Test
  void refusesASecondAccountOfOneOwner() {
    JpaAccounts accounts = new JpaAccounts(database, CLOCK);
    String email = UUID.randomUUID() + "@Example.com";
    NewAccount account = new NewAccount("Acme", email, "hash");
    AccountId id = accounts.create(account).orElseThrow().id();
    assertThat(accounts.create(new NewAccount("Other", email.toUpperCase(), "hash"))).isEmpty();
    assertThat(accounts.find(id).orElseThrow().name()).isEqualTo("Acme");
    assertThat(accounts.find(new AccountId(987_654_321))).isEmpty();
    assertThat(accounts.list(Optional.empty(), 10_000))
        .extracting(a -> a.name())
        .doesNotContain("Other");
    AccountId next = TestingWorld.account(database);
    assertThat(accounts.list(Optional.of(id), 1)).extracting(a -> a.id()).containsExactly(next);
  }

  @Test
  void readsTheSameVersionUntilSomethingChanges() {
    Catalog before = catalog();
    assertThat(catalog()).isSameAs(before);
    TestingWorld.account(database);
    assertThat(catalog().version()).isEqualTo(before.version() + 1);
    assertThat(List.copyOf(before.regions())).isEqualTo(before.regions());
  }
}
