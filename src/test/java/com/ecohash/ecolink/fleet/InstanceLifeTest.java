package com.ecohash.ecolink.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.access.NewAccount;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.Container;
import com.ecohash.ecolink.instances.DeployedInstance;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.InstanceState;
import com.ecohash.ecolink.instances.Launch;
import com.ecohash.ecolink.instances.Mode;
import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.instances.Region;
import com.ecohash.ecolink.persistence.Database;
import com.ecohash.ecolink.persistence.Heartbeats;
import com.ecohash.ecolink.persistence.JpaAccounts;
import com.ecohash.ecolink.persistence.JpaCatalogSource;
import com.ecohash.ecolink.persistence.JpaInstances;
import com.ecohash.ecolink.persistence.JpaRegions;
import com.ecohash.ecolink.persistence.TestingDatabase;
import com.ecohash.ecolink.routing.HealthBoard;
import com.ecohash.ecolink.routing.Lease;
import com.ecohash.ecolink.routing.ManualTime;
import com.ecohash.ecolink.routing.ProbeResult;
import com.ecohash.ecolink.routing.Router;
import com.ecohash.ecolink.routing.RoutingSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class InstanceLifeTest {
  private static final ProbeResult UP = ProbeResult.up("HTTP 200");
  private static final ProbeResult DOWN = ProbeResult.down("no connection");
  private static final Duration START_MAX = Duration.ofMinutes(15);
  private static final Duration STOP_MAX = Duration.ofMinutes(10);

  private final ManualTime time = new ManualTime();
  private Database database = TestingDatabase.H2_MEMORY.open();

  @AfterEach
  void close() {
    database.close();
  }

  /** One gateway: a board, a catalog and a heartbeat of its own on the shared database. */
  private final class Node {
    final JpaInstances instances = new JpaInstances(database, time);
    final CurrentCatalog catalog = new CurrentCatalog(new JpaCatalogSource(database, time));
    final LifeSignals signals = new LifeSignals(Runnable::run);
    final HealthBoard board = new HealthBoard(RoutingSettings.DEFAULT, time, time::nanos, signals);
    final Heartbeats heartbeats;
    final InstanceLife life;

    Node() {
      this(Duration.ZERO);
    }

    Node(Duration launchWait) {
      String name = UUID.randomUUID().toString();
      heartbeats = new Heartbeats(database, name, Duration.ofMinutes(1));
      heartbeats.beat();
      life =
          new InstanceLife(
              instances,
              catalog,
              board,
              new FleetSettings(
                  launchWait, START_MAX, STOP_MAX, Heartbeats.silence(Duration.ofMinutes(1))),
              name,
              time);
      signals.tell(life);
    }

    Instance now(DeployedInstance launched) {
      catalog.refresh();
      return catalog.get().instances().findEver(launched.instance().id()).orElseThrow();
    }

    InstanceState state(DeployedInstance launched) {
      return now(launched).state();
    }
  }

  private AccountId account() {
    return new JpaAccounts(database, time)
        .create(new NewAccount("Acme", UUID.randomUUID() + "@example.com", "hash"))
        .orElseThrow()
        .id();
  }

  private Launch launch(AccountId account, boolean platform) {
    RegionId region = new RegionId("r" + UUID.randomUUID());
    new JpaRegions(database, time)
        .create(new Region(region, "West", Region.Runtime.EXTERNAL, false));
    return new Launch(
        account,
        "my-llama",
        Optional.of(Category.CHAT),
        Mode.OPENAI,
        Optional.empty(),
        Protocol.HTTP_1_1,
        platform,
        Optional.of("/health"),
        Optional.empty(),
        new Container(Optional.empty(), Optional.empty(), Optional.empty(), 0),
        Map.of(region, URI.create("http://127.0.0.1:8000")));
  }

  private DeployedInstance launched(Node node) {
    return node.life.launch(launch(account(), false)).orElseThrow();
  }

  private static ReplicaId replica(DeployedInstance launched) {
    return launched.instance().replicas().get(0).id();
  }

  @Test
  void startsUntilAHealthCheckSucceeds() {
    Node node = new Node();
    DeployedInstance launched = launched(node);
    assertThat(launched.instance().state()).isEqualTo(InstanceState.STARTING);
    assertThat(launched.life().readyAt()).isEmpty();

    node.board.probed(replica(launched), DOWN);
    assertThat(node.state(launched)).isEqualTo(InstanceState.STARTING);
    time.advance(Duration.ofSeconds(5));
    node.board.probed(replica(launched), UP);

    assertThat(node.state(launched)).isEqualTo(InstanceState.RUNNING);
    DeployedInstance running = find(node, launched);
    assertThat(running.life().readyAt()).contains(time.instant());
    assertThat(running.life().since()).isEqualTo(time.instant());
  }

  @Test
  void aLaunchThatIsAnsweredAtOnceRunsWhenItReturns() throws InterruptedException {
    Node node = new Node(Duration.ofSeconds(20));
    node.catalog.onChange(
        fresh ->
            fresh.instances().all().stream()
                .filter(instance -> instance.state() == InstanceState.STARTING)
                .flatMap(instance -> instance.replicas().stream())
                .forEach(replica -> new Thread(() -> node.board.probed(replica.id(), UP)).start()));

    assertThat(launched(node).instance().state()).isEqualTo(InstanceState.RUNNING);
  }

  @Test
  void aLaunchDoesNotWaitForAContainerThatIsNotThere() {
    Node node = new Node(Duration.ofMinutes(5));
    node.catalog.onChange(
        fresh ->
            fresh.instances().all().stream()
                .flatMap(instance -> instance.replicas().stream())
                .forEach(replica -> node.board.probed(replica.id(), DOWN)));

    assertThat(launched(node).instance().state()).isEqualTo(InstanceState.STARTING);
  }

  @Test
  void failsIfNothingBecomesHealthyAndRunsWhenSomethingDoes() {
    Node node = new Node();
    DeployedInstance launched = launched(node);
    time.advance(START_MAX.plusSeconds(1));
    node.life.look();
    assertThat(node.state(launched)).isEqualTo(InstanceState.STARTING); // nobody has looked yet
    node.board.probed(replica(launched), DOWN);
    node.life.look();

    assertThat(node.state(launched)).isEqualTo(InstanceState.FAILED);
    assertThat(find(node, launched).life().reason()).contains(InstanceLife.NOT_READY);
    node.board.probed(replica(launched), UP);
    assertThat(node.state(launched)).isEqualTo(InstanceState.RUNNING);
    assertThat(find(node, launched).life().reason()).isEmpty();
  }

  @Test
  void stopsAtOnceIfNothingIsInFlight() {
    Node node = new Node();
    DeployedInstance launched = launched(node);
    DeployedInstance stopped =
        node.life
            .stop(launched.instance().account(), launched.instance().id(), "stopped")
            .orElseThrow();
    assertThat(stopped.instance().state()).isEqualTo(InstanceState.TERMINATED);
    assertThat(stopped.termination())
        .contains(new DeployedInstance.Termination(time.instant(), "stopped"));
  }

  @Test
  void waitsForExchangesInFlightAndKeepsTheReason() {
    Node node = new Node();
    DeployedInstance launched = launched(node);
    node.board.probed(replica(launched), UP);
    Lease lease =
        new Router(node.board, new Random(1)).plan(node.now(launched)).next().orElseThrow();

    DeployedInstance stopping =
        node.life
            .stop(launched.instance().account(), launched.instance().id(), "credit_depleted")
            .orElseThrow();
    assertThat(stopping.instance().state()).isEqualTo(InstanceState.STOPPING);
    assertThat(stopping.life().reason()).contains("credit_depleted");
    node.life.look();
    assertThat(node.state(launched)).isEqualTo(InstanceState.STOPPING);
    assertThat(node.life.stop(launched.instance().account(), launched.instance().id(), "again"))
        .map(DeployedInstance::life)
        .contains(stopping.life());

    lease.succeeded();
    node.life.look();
    assertThat(find(node, launched).termination())
        .map(DeployedInstance.Termination::reason)
        .contains("credit_depleted");
  }

  @Test
  void waitsNoLongerThanTheLimit() {
    Node node = new Node();
    DeployedInstance launched = launched(node);
    node.board.probed(replica(launched), UP);
    Lease unended =
        new Router(node.board, new Random(1)).plan(node.now(launched)).next().orElseThrow();
    node.life.stop(launched.instance().account(), launched.instance().id(), "stopped");
    time.advance(STOP_MAX);
    node.life.look();
    assertThat(node.state(launched)).isEqualTo(InstanceState.TERMINATED);
  }

  @ParameterizedTest
  @EnumSource(TestingDatabase.class)
  void ofSeveralNodesEachChangeIsMadeByOneAndAStopWaitsForAll(TestingDatabase kind) {
    database.close();
    database = kind.open();
    Node one = new Node();
    Node other = new Node();
    DeployedInstance launched = launched(one);
    InstanceId id = launched.instance().id();
    other.catalog.refresh();
    one.board.probed(replica(launched), UP);
    other.board.probed(replica(launched), UP);
    assertThat(other.state(launched)).isEqualTo(InstanceState.RUNNING);
    assertThat(one.instances.ready(id)).isFalse();
    assertThat(one.instances.fail(id, "late")).isFalse();

    Lease lease =
        new Router(other.board, new Random(1)).plan(other.now(launched)).next().orElseThrow();
    one.life.stop(launched.instance().account(), id, "stopped");
    assertThat(one.state(launched)).isEqualTo(InstanceState.STOPPING);
    assertThat(other.state(launched)).isEqualTo(InstanceState.STOPPING);
    other.life.look();
    one.life.look();
    assertThat(one.state(launched)).isEqualTo(InstanceState.STOPPING);
    lease.succeeded();
    other.life.look();
    assertThat(other.state(launched)).isEqualTo(InstanceState.TERMINATED);
    assertThat(one.instances.endStopped(id, Duration.ofMinutes(3), STOP_MAX)).isFalse();
    assertThat(one.state(launched)).isEqualTo(InstanceState.TERMINATED);
  }

  @Test
  void doesNotWaitForANodeThatHasGone() {
    Node one = new Node();
    Node gone = new Node();
    DeployedInstance launched = launched(one);
    gone.heartbeats.leave();
    one.life.stop(launched.instance().account(), launched.instance().id(), "stopped");
    assertThat(one.state(launched)).isEqualTo(InstanceState.TERMINATED);
  }

  @Test
  void givesAPlatformModelsNameFreeWhileItStops() {
    Node node = new Node();
    Launch platform = launch(account(), true);
    DeployedInstance first = node.life.launch(platform).orElseThrow();
    node.board.probed(replica(first), UP);
    Lease unended =
        new Router(node.board, new Random(1)).plan(node.now(first)).next().orElseThrow();
    node.life.stop(platform.account(), first.instance().id(), "stopped");
    DeployedInstance second = node.life.launch(platform).orElseThrow();
    node.catalog.refresh();
    assertThat(node.catalog.get().instances().platformModel("my-llama"))
        .map(Instance::id)
        .contains(second.instance().id());
  }

  private static DeployedInstance find(Node node, DeployedInstance launched) {
    return node.instances
        .find(launched.instance().account(), launched.instance().id())
        .orElseThrow();
  }
}
