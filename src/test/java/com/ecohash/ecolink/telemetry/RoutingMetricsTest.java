package com.ecohash.ecolink.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.access.KeyDirectory;
import com.ecohash.ecolink.billing.PriceBook;
import com.ecohash.ecolink.catalog.Catalog;
import com.ecohash.ecolink.catalog.CatalogSource;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.InstanceDirectory;
import com.ecohash.ecolink.routing.FailureKind;
import com.ecohash.ecolink.routing.HealthBoard;
import com.ecohash.ecolink.routing.Lease;
import com.ecohash.ecolink.routing.ProbeResult;
import com.ecohash.ecolink.routing.Router;
import com.ecohash.ecolink.routing.RoutingSettings;
import com.ecohash.ecolink.routing.TestingInstances;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoutingMetricsTest {
  private static final String LABELS = "{instance=\"142\",region=\"us-west\",replica=\"7\"} ";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final HealthBoard board =
      new HealthBoard(
          RoutingSettings.DEFAULT,
          Clock.systemUTC(),
          System::nanoTime,
          new RoutingMetrics(registry));
  private final Instance instance = TestingInstances.of(TestingInstances.replica(7, "us-west"));

  RoutingMetricsTest() {
    CurrentCatalog catalog =
        new CurrentCatalog(
            new CatalogSource() {
              @Override
              public long currentVersion() {
                return 1;
              }

              @Override
              public Catalog load() {
                return new Catalog(
                    1,
                    KeyDirectory.EMPTY,
                    new InstanceDirectory(List.of(instance)),
                    List.of(),
                    PriceBook.EMPTY,
                    Map.of());
              }
            });
    catalog.refresh();
    RoutingMetrics.watch(registry, catalog, board);
  }

  private String scraped() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, registry.scrape());
    return text.toString(StandardCharsets.UTF_8);
  }

  private void probe(boolean up, int times) {
    for (int i = 0; i < times; i++) {
      board.probed(new ReplicaId(7), new ProbeResult(up, "HTTP"));
    }
  }

  @Test
  void showWhatTheBoardKnowsOfEachReplica() throws IOException {
    probe(true, 1);
    Lease lease = new Router(board, new Random(1)).plan(instance).next().orElseThrow();
    assertThat(scraped())
        .contains("ecolink_replica_healthy" + LABELS + "1.0")
        .contains("ecolink_replica_in_flight" + LABELS + "1.0");
    lease.neutral();
    probe(false, 3);
    assertThat(scraped())
        .contains("ecolink_replica_healthy" + LABELS + "0.0")
        .contains("ecolink_replica_in_flight" + LABELS + "0.0");
  }

  @Test
  void countHealthChecksAndChanges() throws IOException {
    probe(true, 2);
    probe(false, 3);
    assertThat(scraped())
        .contains("ecolink_health_checks_total{result=\"up\"} 2.0")
        .contains("ecolink_health_checks_total{result=\"down\"} 3.0")
        .contains("ecolink_replica_changes_total{change=\"up\",replica=\"7\"} 1.0")
        .contains("ecolink_replica_changes_total{change=\"down\",replica=\"7\"} 1.0");
  }

  @Test
  void countEjections() throws IOException {
    for (int i = 0; i < 5; i++) {
      new Router(board, new Random(1))
          .plan(instance)
          .next()
          .orElseThrow()
          .failed(FailureKind.CONNECT);
    }
    assertThat(scraped())
        .contains("ecolink_replica_ejections_total{failure=\"connect\",replica=\"7\"} 1.0")
        .contains("ecolink_replica_healthy" + LABELS + "0.0");
  }
}
