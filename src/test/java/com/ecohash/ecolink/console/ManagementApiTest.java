package com.ecohash.ecolink.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.ecohash.ecolink.access.Caller;
import com.ecohash.ecolink.access.OperatorKey;
import com.ecohash.ecolink.access.PasswordHasher;
import com.ecohash.ecolink.access.people.SessionTimes;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.console.bill.BillingResource;
import com.ecohash.ecolink.console.bill.BillingSettings;
import com.ecohash.ecolink.console.bill.CreditRequest;
import com.ecohash.ecolink.console.bill.CreditResource;
import com.ecohash.ecolink.console.bill.PriceRequest;
import com.ecohash.ecolink.console.bill.PriceResource;
import com.ecohash.ecolink.console.bill.TransactionView;
import com.ecohash.ecolink.console.instances.InstanceResource;
import com.ecohash.ecolink.console.instances.InstanceView;
import com.ecohash.ecolink.console.instances.LaunchFunds;
import com.ecohash.ecolink.console.instances.LaunchRequest;
import com.ecohash.ecolink.console.instances.RegionAdminResource;
import com.ecohash.ecolink.console.instances.RegionResource;
import com.ecohash.ecolink.console.instances.ReplicaHealth;
import com.ecohash.ecolink.console.people.AccountRequest;
import com.ecohash.ecolink.console.people.AccountResource;
import com.ecohash.ecolink.console.people.KeyRequest;
import com.ecohash.ecolink.console.people.KeyResource;
import com.ecohash.ecolink.fleet.FleetSettings;
import com.ecohash.ecolink.fleet.InstanceLife;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.instances.EndpointAllowList;
import com.ecohash.ecolink.instances.NameResolver;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import com.ecohash.ecolink.persistence.Database;
import com.ecohash.ecolink.persistence.JdbcBillingQueries;
import com.ecohash.ecolink.persistence.JpaAccounts;
import com.ecohash.ecolink.persistence.JpaCatalogSource;
import com.ecohash.ecolink.persistence.JpaInstances;
import com.ecohash.ecolink.persistence.JpaKeys;
import com.ecohash.ecolink.persistence.JpaLedger;
import com.ecohash.ecolink.persistence.JpaPrices;
import com.ecohash.ecolink.persistence.JpaRegions;
import com.ecohash.ecolink.persistence.JpaSessions;
import com.ecohash.ecolink.persistence.JpaUsageQueries;
import com.ecohash.ecolink.persistence.TestingDatabase;
import com.ecohash.ecolink.routing.HealthBoard;
import com.ecohash.ecolink.routing.RoutingListener;
import com.ecohash.ecolink.routing.RoutingSettings;
import com.ecohash.ecolink.secrets.SealedTexts;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a script does to set everything up, and what it is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ManagementApiTest {
  private static final String OPERATOR_KEY = "operator-" + "k".repeat(32);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

  private final Database database = TestingDatabase.H2_MEMORY.open();
  private final CurrentCatalog catalog = new CurrentCatalog(new JpaCatalogSource(database, CLOCK));
  private final JpaInstances instances = new JpaInstances(database, CLOCK);
  private final JpaRegions regions = new JpaRegions(database, CLOCK);
  private final JpaLedger ledger = new JpaLedger(database, CLOCK);
  private final ReplicaHealth health = replica -> Optional.of("healthy");

  private final CallerFilter filter =
      new CallerFilter(
          catalog,
          OperatorKey.of(OPERATOR_KEY),
          CLOCK,
          new JpaSessions(
              database, CLOCK, new SessionTimes(Duration.ofHours(1), Duration.ofHours(8))));
  private final AccountResource accountResource =
      new AccountResource(new JpaAccounts(database, CLOCK), new PasswordHasher(), catalog);
  private final BillingSettings billingSettings =
      new BillingSettings(
          Money.parse("1000"), "credit.max", Money.parse("500"), "price.max", 3, "csv.rows");
  private final CreditResource credits = new CreditResource(ledger, catalog, billingSettings);
  private final RegionAdminResource regionAdmin = new RegionAdminResource(regions, catalog);
  private final PriceResource priceResource =
      new PriceResource(new JpaPrices(database, CLOCK), instances, catalog, billingSettings, CLOCK);
  private final KeyResource keyResource =
      new KeyResource(new JpaKeys(database, CLOCK), catalog, CLOCK, new SecureRandom());
  private final InstanceResource instanceResource =
      new InstanceResource(
          instances,
          regions,
          EndpointAllowList.parse("127.0.0.0/8", NameResolver.SYSTEM),
          health,
          new InstanceLife(
              instances,
              catalog,
              new HealthBoard(
                  RoutingSettings.DEFAULT, CLOCK, System::nanoTime, RoutingListener.NONE),
              new FleetSettings(
                  Duration.ZERO, Duration.ofMinutes(15), Duration.ofMinutes(10), Duration.ZERO),
              "node",
              CLOCK),
          SealedTexts.WITHOUT_KEY,
          new LaunchFunds(ledger, catalog, CLOCK));
  private final RegionResource regionResource = new RegionResource(regions, catalog, health);
  private final BillingResource billingResource =
      new BillingResource(
          ledger,
          new JpaUsageQueries(database),
          new JdbcBillingQueries(database, CLOCK),
          billingSettings,
          CLOCK);

  @AfterAll
  void close() {
    database.close();
  }

  private static <T> T created(Response response, Class<T> type) {
    assertThat(response.getStatus()).isEqualTo(201);
    return type.cast(response.getEntity());
  }

  private static ErrorType refusal(ThrowingCallable call) {
    ApiException refusal = catchThrowableOfType(ApiException.class, call);
    assertThat(refusal).isNotNull();
    return refusal.type();
  }

  private AccountId account() {
    String json =
        "{'name': 'Acme', 'owner_email': '%s@example.com', 'owner_password': 'correct horse'}"
            .formatted(UUID.randomUUID());
    Response response = accountResource.create(TestingRequests.read(AccountRequest.class, json));
    return new AccountId(created(response, AccountResource.View.class).id());
  }

  private static SecurityContext as(AccountId account) {
    return new CallerContext(new Caller.Operator(Optional.of(account)), true);
  }

  private String region() {
    String id = "r" + UUID.randomUUID();
    Response response =
        regionAdmin.create(
            TestingRequests.read(RegionAdminResource.CreateRequest.class, "{'id': '" + id + "'}"));
    return created(response, RegionAdminResource.View.class).id();
  }

  private InstanceView launch(SecurityContext security, String region) {
    String json =
        ("{'name': 'my-llama', 'category': 'chat', 'regions':"
                + " [{'region': '%s', 'endpoint': 'http://127.0.0.1:8000'}]}")
            .formatted(region);
    return created(
        instanceResource.launch(security, TestingRequests.read(LaunchRequest.class, json)),
        InstanceView.class);
  }

  private KeyResource.View key(SecurityContext security, String scopes) {
    String json = "{'name': 'ci', 'scopes': [" + scopes + "]}";
    return created(
        keyResource.issue(security, TestingRequests.read(KeyRequest.class, json)),
        KeyResource.View.class);
  }

  @Test
  void setsUpAnAccountWithCredit() {
    AccountId account = account();
    Response response =
        credits.book(
            account.toString(),
            null,
            TestingRequests.read(CreditRequest.class, "{'amount': '12.50'}"));
    assertThat(created(response, TransactionView.class).balanceAfter())
        .isEqualTo(Money.parse("12.50"));
    assertThat(catalog.get().balances()).containsEntry(account, Money.parse("12.50"));
    assertThat(billingResource.summary(as(account)).balance()).isEqualTo(Money.parse("12.50"));
    assertThat(billingResource.transactions(as(account), null, null, null, null, null).data())
        .hasSize(1);
    assertThat(
            refusal(
                () ->
                    credits.book(
                        "999999",
                        null,
                        TestingRequests.read(CreditRequest.class, "{'amount': '1'}"))))
        .isEqualTo(ErrorType.NOT_FOUND);
    assertThat(
            refusal(
                () ->
                    credits.book(
                        account.toString(),
                        null,
                        TestingRequests.read(CreditRequest.class, "{'amount': '-1'}"))))
        .isEqualTo(ErrorType.INVALID_REQUEST);
  }

  @Test
  void pagesThroughTheLedger() {
    AccountId account = account();
    for (int i = 1; i <= 3; i++) {
      credits.book(
          account.toString(),
          null,
          TestingRequests.read(CreditRequest.class, "{'amount': '" + i + "'}"));
    }
    Page<TransactionView> first =
        billingResource.transactions(as(account), null, null, null, null, "2");
    assertThat(first.data()).extracting(entry -> entry.amount().toString()).contains("3.00");
    Page<TransactionView> second =
        billingResource.transactions(
            as(account), null, null, null, first.nextCursor().orElseThrow(), "2");
    assertThat(second.data())
        .extracting(entry -> entry.amount().toString())
        .containsExactly("1.00");
    assertThat(second.nextCursor()).isEmpty();
  }

  @Test
  void tellsOfTheLedgerWhatIsAskedFor() {
    AccountId account = account();
    for (String kind : new String[] {"top_up", "bonus", "refund", "bonus"}) {
      credits.book(
          account.toString(),
          null,
          TestingRequests.read(CreditRequest.class, "{'amount': '1', 'kind': '" + kind + "'}"));
    }
    assertThat(billingResource.transactions(as(account), null, null, "bonus", null, null).data())
        .hasSize(2);
    assertThat(
            billingResource
                .transactions(as(account), null, null, "refund,top_up", null, null)
                .data())
        .hasSize(2);
    String now = CLOCK.instant().toString();
    assertThat(billingResource.transactions(as(account), now, null, null, null, null).data())
        .hasSize(4);
    assertThat(billingResource.transactions(as(account), null, now, null, null, null).data())
        .isEmpty();
    for (String[] wrong :
        new String[][] {
          {"x", null, null},
          {null, "10000-01-01T00:00:00Z", null},
          {null, null, "loan"},
          {"2026-11-24T00:00:00Z", "2026-11-23T00:00:00Z", null}
        }) {
      assertThat(
              refusal(
                  () ->
                      billingResource.transactions(
                          as(account), wrong[0], wrong[1], wrong[2], null, null)))
          .isEqualTo(ErrorType.INVALID_REQUEST);
    }
    // Four rows are more than a file here may have; what is left of them is not.
    assertThat(refusal(() -> billingResource.table(as(account), null, null, null)))
        .isEqualTo(ErrorType.INVALID_REQUEST);
    assertThat(billingResource.table(as(account), null, null, "bonus").getStatus()).isEqualTo(200);
  }

  @Test
  void listsInParts() {
    AccountId account = account();
    String region = region();
    for (int i = 0; i < 3; i++) {
      key(as(account), "'manage'");
      launch(as(account), region);
    }
    Page<KeyResource.View> keys = keyResource.list(as(account), null, null, "2");
    assertThat(keys.data()).hasSize(2);
    assertThat(keyResource.list(as(account), null, keys.nextCursor().orElseThrow(), null).data())
        .hasSize(1);
    Page<InstanceView> launched =
        instanceResource.list(as(account), "starting", null, null, null, "2");
    assertThat(launched.data()).hasSize(2);
    Page<InstanceView> rest =
        instanceResource.list(
            as(account), "starting", null, null, launched.nextCursor().orElseThrow(), null);
    assertThat(rest.data()).hasSize(1);
    assertThat(rest.nextCursor()).isEmpty();
    Page<AccountResource.View> accounts = accountResource.list(null, "1");
    assertThat(accounts.data()).hasSize(1);
    assertThat(accountResource.list(accounts.nextCursor().orElse("1"), null).data())
        .doesNotContainAnyElementsOf(accounts.data());
  }

  @Test
  void issuesAKeyOnceAndRevokesItAtOnce() {
    AccountId account = account();
    KeyResource.View issued = key(as(account), "'manage', 'inference'");
    String text = issued.key().orElseThrow();
    Caller caller = filter.caller("Bearer " + text, null);
    assertThat(caller.account()).contains(account);
    assertThat(keyResource.list(as(account), null, null, null).data())
        .singleElement()
        .satisfies(listed -> assertThat(listed.key()).isEmpty());

    String id = Long.toString(issued.id());
    assertThat(refusal(() -> keyResource.revoke(as(account()), id))).isEqualTo(ErrorType.NOT_FOUND);
    Response revoked = keyResource.revoke(as(account), id);
    assertThat(revoked.getStatus()).isEqualTo(204);
    assertThat(revoked.getHeaderString(Audited.REPLAYED)).isNull();
    Response again = keyResource.revoke(as(account), id);
    assertThat(again.getStatus()).isEqualTo(204);
    assertThat(again.getHeaderString(Audited.REPLAYED)).isEqualTo("true");
    assertThat(refusal(() -> filter.caller("Bearer " + text, null)))
        .isEqualTo(ErrorType.UNAUTHORIZED);
    assertThat(refusal(() -> keyResource.revoke(as(account), "1e3")))
        .isEqualTo(ErrorType.NOT_FOUND);
  }

  @Test
  void letsOnlyThoseInWhoMayManage() {
    AccountId account = account();
    String inference = key(as(account), "'inference'").key().orElseThrow();
    String manage = key(as(account), "'manage'").key().orElseThrow();
    assertThat(refusal(() -> filter.caller(null, null))).isEqualTo(ErrorType.UNAUTHORIZED);
    assertThat(refusal(() -> filter.caller("Basic eDp5", null))).isEqualTo(ErrorType.UNAUTHORIZED);
    assertThat(refusal(() -> filter.caller("Bearer eco_wrong", null)))
        .isEqualTo(ErrorType.UNAUTHORIZED);
    assertThat(refusal(() -> filter.caller("Bearer " + inference, null)))
        .isEqualTo(ErrorType.FORBIDDEN);
    assertThat(refusal(() -> filter.caller("Bearer " + manage, account().toString())))
        .isEqualTo(ErrorType.FORBIDDEN);
    assertThat(filter.caller("bearer " + manage, account.toString()).account()).contains(account);
    assertThat(filter.caller("Bearer " + OPERATOR_KEY, null).account()).isEmpty();
    assertThat(filter.caller("Bearer " + OPERATOR_KEY, account.toString()).account())
        .contains(account);
    assertThat(refusal(() -> filter.caller("Bearer " + OPERATOR_KEY, "999999")))
        .isEqualTo(ErrorType.NOT_FOUND);
  }

  @Test
  void asksTheOperatorForWhichAccount() {
    SecurityContext operator = new CallerContext(new Caller.Operator(Optional.empty()), true);
    assertThat(refusal(() -> keyResource.list(operator, null, null, null)))
        .isEqualTo(ErrorType.INVALID_REQUEST);
  }

  @Test
  void launchesAnInstanceAndStopsIt() {
    AccountId account = account();
    String region = region();
    InstanceView launched = launch(as(account), region);
    assertThat(launched.model()).contains("my-llama:" + launched.id());
    assertThat(launched.state()).isEqualTo("starting");
    assertThat(launched.regions())
        .singleElement()
        .satisfies(replica -> assertThat(replica.health()).isEqualTo("healthy"));
    assertThat(regionResource.list(as(account)).data())
        .filteredOn(view -> view.id().equals(region))
        .singleElement()
        .satisfies(view -> assertThat(view.health()).isEqualTo(Map.of("healthy", 1)));
    String id = Long.toString(launched.id());
    assertThat(instanceResource.find(as(account), id)).isEqualTo(launched);
    assertThat(refusal(() -> instanceResource.find(as(account()), id)))
        .isEqualTo(ErrorType.NOT_FOUND);
    assertThat(refusal(() -> instanceResource.stop(as(account()), id)))
        .isEqualTo(ErrorType.NOT_FOUND);

    Response stopping = instanceResource.stop(as(account), id);
    assertThat(stopping.getHeaderString(Audited.REPLAYED)).isNull();
    InstanceView stopped = (InstanceView) stopping.getEntity();
    Response again = instanceResource.stop(as(account), id);
    assertThat(again.getEntity()).isEqualTo(stopped);
    assertThat(again.getHeaderString(Audited.REPLAYED)).isEqualTo("true");
    assertThat(stopped.state()).isEqualTo("terminated");
    assertThat(stopped.terminationReason()).contains("stopped");
    assertThat(catalog.get().instances().all())
        .noneMatch(instance -> instance.id().value() == launched.id());
    assertThat(instanceResource.list(as(account), null, null, null, null, null).data())
        .containsExactly(stopped);
  }

  @Test
  void keepsPlatformModelsForTheOperator() {
    AccountId account = account();
    String text = key(as(account), "'manage'").key().orElseThrow();
    SecurityContext holder = new CallerContext(filter.caller("Bearer " + text, null), true);
    LaunchRequest request =
        TestingRequests.read(
            LaunchRequest.class,
            ("{'name': 'shared', 'category': 'chat', 'platform': true, 'regions':"
                    + " [{'region': '%s', 'endpoint': 'http://127.0.0.1:8000'}]}")
                .formatted(region()));
    assertThat(refusal(() -> instanceResource.launch(holder, request)))
        .isEqualTo(ErrorType.FORBIDDEN);
    assertThat(instanceResource.launch(as(account), request).getStatus()).isEqualTo(201);
    assertThat(refusal(() -> instanceResource.launch(as(account), request)))
        .isEqualTo(ErrorType.CONFLICT);
  }

  @Test
  void drainsARegionAndNamesConflicts() {
    String region = region();
    assertThat(
            regionAdmin
                .update(
                    region,
                    TestingRequests.read(
                        RegionAdminResource.UpdateRequest.class, "{'draining': true}"))
                .draining())
        .isTrue();
    assertThat(
            refusal(
                () ->
                    regionAdmin.create(
                        TestingRequests.read(
                            RegionAdminResource.CreateRequest.class, "{'id': '" + region + "'}"))))
        .isEqualTo(ErrorType.CONFLICT);
    assertThat(
            refusal(
                () ->
                    regionAdmin.update(
                        "No_Region",
                        TestingRequests.read(RegionAdminResource.UpdateRequest.class, "{}"))))
        .isEqualTo(ErrorType.NOT_FOUND);
    assertThat(
            refusal(
                () ->
                    regionAdmin.create(
                        TestingRequests.read(
                            RegionAdminResource.CreateRequest.class,
                            "{'id': 'cluster', 'runtime': 'kubernetes'}"))))
        .isEqualTo(ErrorType.INVALID_REQUEST);
  }

  @Test
  void setsAPriceThatIsInForceAtOnce() {
    InstanceView instance = launch(as(account()), region());
    String json = "{'instance_id': %d, 'unit': 'output_tokens', 'amount': '0.15'}";
    priceResource.set(
        TestingRequests.read(
            PriceRequest.class,
            "{'instance_id': %d, 'unit': 'input_tokens', 'amount': '0'}".formatted(instance.id())));
    Response response =
        priceResource.set(TestingRequests.read(PriceRequest.class, json.formatted(instance.id())));
    assertThat(created(response, PriceResource.View.class).effectiveFrom())
        .isEqualTo(CLOCK.instant());
    assertThat(
            catalog.get().instances().all().stream()
                .filter(known -> known.id().value() == instance.id())
                .findAny()
                .flatMap(known -> catalog.get().prices().ratesFor(known, CLOCK.instant())))
        .isPresent();
    assertThat(priceRefusal(json.formatted(instance.id()))).isEqualTo(ErrorType.CONFLICT);
    assertThat(priceRefusal(json.formatted(999_999))).isEqualTo(ErrorType.INVALID_REQUEST);
    assertThat(priceRefusal("{'unit': 'images', 'amount': '1'}"))
        .isEqualTo(ErrorType.INVALID_REQUEST);
    assertThat(priceRefusal("{'category': 'chat', 'unit': 'images', 'amount': '1'}"))
        .isEqualTo(ErrorType.INVALID_REQUEST);
    assertThat(priceRefusal("{'category': 'image', 'unit': 'images', 'amount': '-1'}"))
        .isEqualTo(ErrorType.INVALID_REQUEST);
    assertThat(priceRefusal("{'category': 'image', 'model': 'a', 'unit': 'images'}"))
        .isEqualTo(ErrorType.INVALID_REQUEST);
  }

  @Test
  void refusesPricesThatNobodyMeans() {
    InstanceView chat = launch(as(account()), region());
    assertThat(
            priceRefusal(
                "{'instance_id': %d, 'unit': 'seconds', 'amount': '1'}".formatted(chat.id())))
        .isEqualTo(ErrorType.INVALID_REQUEST);
    String shared =
        ("{'name': 'priced', 'category': 'embedding', 'platform': true, 'regions':"
                + " [{'region': '%s', 'endpoint': 'http://127.0.0.1:8000'}]}")
            .formatted(region());
    instanceResource.launch(as(account()), TestingRequests.read(LaunchRequest.class, shared));
    assertThat(priceRefusal("{'model': 'priced', 'unit': 'output_tokens', 'amount': '1'}"))
        .isEqualTo(ErrorType.INVALID_REQUEST);
    String hours = "{'gpu_type': 'H100', 'unit': 'gpu_hours', 'amount': '%s'}";
    assertThat(priceRefusal(hours.formatted("9000000000"))).isEqualTo(ErrorType.INVALID_REQUEST);
    assertThat(priceRefusal(hours.formatted("500.000000001"))).isEqualTo(ErrorType.INVALID_REQUEST);
    created(
        priceResource.set(TestingRequests.read(PriceRequest.class, hours.formatted("500"))),
        PriceResource.View.class);
  }

  @Test
  void refusesAPriceForEachCallOfACustomInstance() {
    String json =
        ("{'name': 'my-sd', 'openai_compatible': false, 'custom_api_path': '/', 'regions':"
                + " [{'region': '%s', 'endpoint': 'http://127.0.0.1:8000'}]}")
            .formatted(region());
    InstanceView custom =
        created(
            instanceResource.launch(as(account()), TestingRequests.read(LaunchRequest.class, json)),
            InstanceView.class);
    assertThat(custom.gpuCount()).isZero(); // no GPU-hour, so no price is needed
    assertThat(
            priceRefusal(
                "{'instance_id': %d, 'unit': 'seconds', 'amount': '1'}".formatted(custom.id())))
        .isEqualTo(ErrorType.INVALID_REQUEST);
  }

  private ErrorType priceRefusal(String json) {
    return refusal(() -> priceResource.set(TestingRequests.read(PriceRequest.class, json)));
  }

  @Test
  void refusesKeysThatAskForTooMuch() {
    SecurityContext account = as(account());
    for (String json :
        new String[] {
          "{}",
          "{'name': 'a', 'scopes': ['operator']}",
          "{'name': 'a', 'scopes': []}",
          "{'name': 'a', 'scopes': [null]}",
          "{'name': 'a', 'rate_limit': 0}",
          "{'name': 'a', 'expires_at': '2026-11-23T12:00:00Z'}"
        }) {
      assertThat(
              refusal(
                  () -> keyResource.issue(account, TestingRequests.read(KeyRequest.class, json))))
          .as(json)
          .isEqualTo(ErrorType.INVALID_REQUEST);
    }
  }
}
