package com.ecohash.ecolink.boot;

import com.ecohash.ecolink.access.OperatorKey;
import com.ecohash.ecolink.billing.Balances;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.conformance.ContainerCheck;
import com.ecohash.ecolink.fleet.InstanceLife;
import com.ecohash.ecolink.fleet.LifeSignals;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.instances.EndpointAllowList;
import com.ecohash.ecolink.metering.Meters;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.journal.Journal;
import com.ecohash.ecolink.metering.journal.JournalDrain;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.persistence.Database;
import com.ecohash.ecolink.persistence.DatabaseSettings;
import com.ecohash.ecolink.persistence.Heartbeats;
import com.ecohash.ecolink.persistence.JdbcUsageStore;
import com.ecohash.ecolink.persistence.JpaCatalogSource;
import com.ecohash.ecolink.persistence.JpaCheckReports;
import com.ecohash.ecolink.persistence.JpaInstances;
import com.ecohash.ecolink.persistence.JpaVideoJobs;
import com.ecohash.ecolink.persistence.PeopleCleaning;
import com.ecohash.ecolink.relay.Addresses;
import com.ecohash.ecolink.relay.HttpHealthProbe;
import com.ecohash.ecolink.relay.ObservedCalls;
import com.ecohash.ecolink.relay.OwnCalls;
import com.ecohash.ecolink.relay.Relay;
import com.ecohash.ecolink.relay.custom.ContainerClients;
import com.ecohash.ecolink.relay.custom.CustomRelay;
import com.ecohash.ecolink.relay.custom.Http2HealthProbe;
import com.ecohash.ecolink.relay.upstream.Upstream;
import com.ecohash.ecolink.routing.HealthBoard;
import com.ecohash.ecolink.routing.HealthProbe;
import com.ecohash.ecolink.routing.Prober;
import com.ecohash.ecolink.routing.Router;
import com.ecohash.ecolink.secrets.SealedTexts;
import com.ecohash.ecolink.telemetry.AccessLog;
import com.ecohash.ecolink.telemetry.ExchangeSpans;
import com.ecohash.ecolink.telemetry.RoutingMetrics;
import com.ecohash.ecolink.telemetry.SpanExport;
import com.ecohash.ecolink.video.JobPoller;
import com.ecohash.ecolink.video.RememberedJobs;
import com.ecohash.ecolink.video.StoreCalls;
import com.ecohash.ecolink.video.UnsavedJobs;
import com.ecohash.ecolink.video.VideoJobs;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running gateway without its edges: every room's main thing, made in the order in which they
 * need each other and ended in the opposite one.
 */
final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final long ACCESS_LOG_MILLIS = 100;
  private static final long CUSTOM_TICK_MILLIS = 250;
  private static final long LOOK_AT_INSTANCES_MILLIS = 1_000;
  private static final int HOSTS_MAX = 10_000;
  private static final int LOOK_UP_THREADS = 4;
  private static final int VIDEO_THREADS = 4;
  private static final int VIDEO_CALLS_WAITING_MAX = 1_000;

  /** As long as the database may take to say that it is away, and a little. */
  private static final Duration VIDEO_WAIT_MAX = Duration.ofSeconds(3);

  private static final int CLEANING_MINUTES = 60;

  /** The start has better things to do with the processors. */
  private static final int PREPARATION_DELAY_SECONDS = 10;

  private static final int TASK_END_SECONDS = 3;

  /** Two of them may wait for a database that is away. */
  private static final int TIMER_THREADS = 3;

  /** A step of the end. */
  private interface Step {
    void end() throws Exception;
  }

  private final OperatorKey operatorKey;
  private final EndpointAllowList allowedEndpoints;
  private final Deque<Step> stepsToEnd = new ArrayDeque<>();
  private final Configuration configuration;
  private final ConfiguredSettings settings;
  private final Database database;
  private final LiveNodes liveNodes;
  private final CurrentCatalog catalog;
  private final Balances balances;
  private final Journal journal;
  private final JournalDrain drain;
  private final HealthBoard board;
  private final InstanceLife life;
  private final SealedTexts secrets;
  private final ContainerCheck containerCheck;
  private final Router router;
  private final Relay relay;
  private final VideoJobs videoJobs;
  private final CustomRelay customRelay;
  private final AccessLog accessLog = new AccessLog();
  private final PrometheusRegistry metrics = new PrometheusRegistry();
  private final String node = UUID.randomUUID().toString();
  private final Optional<ExchangeSpans> spans;

  private Gateway(Configuration configuration) {
    this.configuration = configuration;
    settings = new ConfiguredSettings(configuration);
    operatorKey = settings.operatorKey();
    allowedEndpoints = settings.allowedEndpoints();
    Optional<SpanExport> export = settings.spanExport(node);
    try {
      JvmMetrics.builder().register(metrics);
      Clock clock = Clock.systemUTC();
      RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
      Path dataDir = configuration.path(Setting.DATA_DIR);
      ScheduledExecutorService timer = timer();
      ExecutorService lookUps =
          endedBy(Executors.newFixedThreadPool(LOOK_UP_THREADS, daemons("look-up")));

      DatabaseSettings databaseSettings = ConfiguredDatabase.of(configuration);
      secrets = SecretsSetup.of(configuration, databaseSettings, dataDir);
      database = ended(Database.open(databaseSettings, secrets));
      endedBy(timer); // before the database, which it works with
      SecretsSetup.lookAfter(database);
      liveNodes = ended(liveNodes(timer));
      balances = new Balances();
      catalog = new CurrentCatalog(new JpaCatalogSource(database, clock));
      catalog.onChange(fresh -> balances.reload(fresh.balances()));
      catalog.refresh();

      journal = ended(Journal.open(settings.journal()));
      journal.forEachUndrained(record -> balances.charge(record.start().account(), record.cost()));
      drain =
          ended(
              JournalDrain.start(
                  journal, new JdbcUsageStore(database, clock), this::booked, settings.drain()));
      ended(BillingParts.settleGpuTime(this, node, clock));

      Addresses addresses =
          new Addresses(
              allowedEndpoints::addressOf,
              lookUps,
              configuration.duration(Setting.ADDRESS_KEEP),
              HOSTS_MAX);
      ContainerClients clients = ended(ContainerClients.start(settings.custom(), addresses));
      customRelay = new CustomRelay(clients, settings.custom());
      timer.scheduleWithFixedDelay(
          customRelay::tick, CUSTOM_TICK_MILLIS, CUSTOM_TICK_MILLIS, TimeUnit.MILLISECONDS);

      LifeSignals signals = new LifeSignals(timer);
      board =
          new HealthBoard(
              settings.routing(),
              clock,
              System::nanoTime,
              new RoutingMetrics(metrics).and(signals));
      life =
          new InstanceLife(
              new JpaInstances(database, clock), catalog, board, settings.fleet(), node, clock);
      signals.tell(life);
      RoutingMetrics.watch(metrics, catalog, board);
      router = new Router(board, random);
      Upstream upstream = ended(new Upstream(settings.upstream()));
      HealthProbe probe = new Http2HealthProbe(clients, new HttpHealthProbe(upstream, addresses));
      containerCheck =
          containerCheck(
              probe, new ObservedCalls(upstream, addresses, CheckSetup.ANSWER_BYTES_MAX), clock);
      life.onReady(containerCheck::began);
      probe(probe, timer, random);
      timer.scheduleWithFixedDelay(
          life::look, LOOK_AT_INSTANCES_MILLIS, LOOK_AT_INSTANCES_MILLIS, TimeUnit.MILLISECONDS);

      relay = new Relay(upstream, addresses, settings.relay());
      videoJobs =
          followVideos(new OwnCalls(upstream, addresses, settings.videoAnswerBytesMax()), clock);
      spans = export.map(ExchangeSpans::new).map(this::ended);
      followCatalog(timer);
      timer.scheduleWithFixedDelay(
          new PeopleCleaning(database, clock, configuration.duration(Setting.SESSION_IDLE)),
          1,
          CLEANING_MINUTES,
          TimeUnit.MINUTES);
      timer.schedule(Meters::prepare, PREPARATION_DELAY_SECONDS, TimeUnit.SECONDS);
      timer.scheduleWithFixedDelay(
          accessLog::flush, ACCESS_LOG_MILLIS, ACCESS_LOG_MILLIS, TimeUnit.MILLISECONDS);
      stepsToEnd.push(accessLog::flush);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * @throws BadConfigurationException with a sentence for the operator
   */
  static Gateway start(Configuration configuration) {
    return new Gateway(configuration);
  }

  private ContainerCheck containerCheck(HealthProbe probe, ObservedCalls calls, Clock clock) {
    return new ContainerCheck(
        calls,
        probe,
        new JpaCheckReports(database),
        CheckSetup.settings(configuration),
        endedBy(Executors.newCachedThreadPool(daemons("container-check"))),
        clock);
  }

  private void probe(HealthProbe probe, ScheduledExecutorService timer, RandomGenerator random) {
    Prober prober =
        ended(new Prober(board, probe, timer, random, () -> catalog.get().instances().all()));
    catalog.onChange(fresh -> prober.follow());
    prober.start();
  }

  private VideoJobs followVideos(OwnCalls calls, Clock clock) {
    ExecutorService storing =
        endedBy(
            new ThreadPoolExecutor(
                VIDEO_THREADS,
                VIDEO_THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(VIDEO_CALLS_WAITING_MAX),
                daemons("video-jobs")));
    UnsavedJobs unsaved =
        UnsavedJobs.in(
            settings.journal().folder().resolve("jobs"),
            configuration.number(Setting.VIDEO_UNSAVED, 1, 1_000_000));
    RememberedJobs remembered =
        new RememberedJobs(
            new JpaVideoJobs(database, clock),
            new StoreCalls(storing, VIDEO_WAIT_MAX),
            unsaved,
            endedBy(Executors.newSingleThreadExecutor(daemons("video-files"))));
    VideoJobs jobs = new VideoJobs(remembered, journal, balances, clock);
    JobPoller poller = new JobPoller(jobs, catalog, calls, settings.videoJobs(), clock);
    endedBy(Executors.newSingleThreadScheduledExecutor(daemons("video-poll")))
        .scheduleWithFixedDelay(poller, 1, 1, TimeUnit.SECONDS);
    return jobs;
  }

  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(TIMER_THREADS, daemons("timer"));
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return timer;
  }

  private LiveNodes liveNodes(ScheduledExecutorService timer) {
    Duration interval = configuration.duration(Setting.HEARTBEAT);
    LiveNodes nodes = new LiveNodes(new Heartbeats(database, node, interval));
    nodes.beat();
    timer.scheduleWithFixedDelay(
        nodes::beat, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    return nodes;
  }

  private void followCatalog(ScheduledExecutorService timer) {
    long millis = configuration.duration(Setting.CATALOG_REFRESH).toMillis();
    timer.scheduleWithFixedDelay(
        new CatalogRefresh(catalog), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** The ledger has these records' charges now. */
  private void booked(List<UsageRecord> batch, Map<AccountId, Money> after) {
    Map<AccountId, Money> costs = new HashMap<>();
    batch.forEach(record -> costs.merge(record.start().account(), record.cost(), Money::plus));
    costs.forEach(
        (account, cost) -> {
          Money balance = after.get(account);
          if (balance == null) {
            balances.alreadyBooked(account, cost);
          } else {
            balances.booked(account, cost, balance);
          }
        });
  }

  // ---- parts
  // --------------------------------------------------------------------------------------

  Configuration configuration() {
    return configuration;
  }

  ConfiguredSettings settings() {
    return settings;
  }

  OperatorKey operatorKey() {
    return operatorKey;
  }

  EndpointAllowList allowedEndpoints() {
    return allowedEndpoints;
  }

  Database database() {
    return database;
  }

  LiveNodes liveNodes() {
    return liveNodes;
  }

  CurrentCatalog catalog() {
    return catalog;
  }

  Balances balances() {
    return balances;
  }

  Journal journal() {
    return journal;
  }

  JournalDrain drain() {
    return drain;
  }

  HealthBoard board() {
    return board;
  }

  InstanceLife life() {
    return life;
  }

  ContainerCheck containerCheck() {
    return containerCheck;
  }

  SealedTexts secrets() {
    return secrets;
  }

  Router router() {
    return router;
  }

  AccessLog accessLog() {
    return accessLog;
  }

  PrometheusRegistry metrics() {
    return metrics;
  }

  Optional<ExchangeSpans> spans() {
    return spans;
  }

  Relay relay() {
    return relay;
  }

  VideoJobs videoJobs() {
    return videoJobs;
  }

  CustomRelay customRelay() {
    return customRelay;
  }

  // ---- the end
  // ------------------------------------------------------------------------------------

  private <T extends AutoCloseable> T ended(T part) {
    stepsToEnd.push(part::close);
    return part;
  }

  private <T extends ExecutorService> T endedBy(T executor) {
    stepsToEnd.push(() -> end(executor));
    return executor;
  }

  /**
   * Its tasks are interrupted only late: the embedded database does not survive that in a write.
   */
  private static void end(ExecutorService executor) throws InterruptedException {
    executor.shutdown();
    if (!executor.awaitTermination(TASK_END_SECONDS, TimeUnit.SECONDS)) {
      executor.shutdownNow();
      executor.awaitTermination(TASK_END_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static ThreadFactory daemons(String name) {
    return work -> {
      Thread thread = new Thread(work, "ecolink-" + name);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void close() {
    while (!stepsToEnd.isEmpty()) {
      try {
        stepsToEnd.pop().end();
      } catch (Exception e) {
        LOG.warn("ending a part of the gateway failed; the rest is ended all the same", e);
      }
    }
  }
}
