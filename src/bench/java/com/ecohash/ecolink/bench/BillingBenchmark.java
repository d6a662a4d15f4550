package com.ecohash.ecolink.bench;

import com.ecohash.ecolink.persistence.MigratedDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prints how long the calls behind the billing pages take on a world of so many records, under so
 * many calls a second: each is timed from when it was due, whether or not those before it were
 * done. A program, not a test: {@code main} with the test class path; arguments: records, seconds
 * of measuring, calls a second (0: four callers that never pause), the archive. The database stays
 * in {@code target/bench-postgres-<records>} for the next run.
 */
final class BillingBenchmark {
  private static final String OPERATOR = "bench-operator-key-0123456789abcdef";
  private static final Pattern ADDRESS = Pattern.compile("EcoLink answers at http://\\S*:(\\d+)/");
  private static final int WARM_SECONDS = 20;
  private static final int CALLERS = 4;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> paths = new ArrayList<>();
  private String base = "";

  private BillingBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    long records = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
    int rate = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 60;
    Path war = Path.of(arguments.length > 3 ? arguments[3] : "target/ecolink.war");
    Path data = Path.of("target", "bench-postgres-" + records).toAbsolutePath();
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_wal_size", "4GB")
            .start()) {
      fill(server, records);
      if (seconds > 0) {
        new BillingBenchmark().measure(server, war, seconds, rate);
      }
    }
  }

  private static void fill(EmbeddedPostgres server, long records) throws SQLException {
    String url = server.getJdbcUrl("postgres", "postgres");
    MigratedDatabase.migrate(url, "postgres");
    long begun = System.nanoTime();
    String midnight = LocalDate.now(ZoneOffset.UTC) + "T00:00:00Z";
    try (Connection connection = server.getPostgresDatabase().getConnection()) {
      BillingWorld.fill(connection, records, midnight);
    }
    System.out.printf("filled in %d s%n", (System.nanoTime() - begun) / 1_000_000_000);
  }

  private void measure(EmbeddedPostgres server, Path war, int seconds, int rate) throws Exception {
    Path log = Files.createTempFile("gateway", ".log");
    Path data = Files.createTempDirectory("gateway");
    Process gateway =
        new ProcessBuilder(
                "java",
                "-Xmx512m",
                "-Decolink.http.port=0",
                "-Decolink.http.host=127.0.0.1",
                "-Decolink.data.dir=" + data,
                "-Decolink.operator.key=" + OPERATOR,
                "-Decolink.database.url=" + server.getJdbcUrl("postgres", "postgres"),
                "-Decolink.database.user=postgres",
                "-jar",
                war.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      base = "http://127.0.0.1:" + port(gateway, log);
      preparePaths();
      load(WARM_SECONDS, 0);
      report(load(seconds, rate), seconds);
    } finally {
      gateway.destroy();
      gateway.waitFor();
    }
  }

  private static String port(Process gateway, Path log) throws Exception {
    while (gateway.isAlive()) {
      Matcher matcher = ADDRESS.matcher(Files.readString(log));
      if (matcher.find()) {
        return matcher.group(1);
      }
      Thread.sleep(100);
    }
    throw new IOException("the gateway ended:\n" + Files.readString(log));
  }

  private void preparePaths() throws Exception {
    Instant now = Instant.now();
    String month =
        "from=" + now.minusSeconds(30 * 86_400).truncatedTo(java.time.temporal.ChronoUnit.HOURS);
    paths.addAll(
        List.of(
            "/api/billing",
            "/api/billing/transactions",
            "/api/usage",
            "/api/usage?limit=100&" + month,
            "/api/usage?instance=ACCOUNT03",
            "/api/usage?key=ACCOUNT05",
            "/api/usage?group_by=day&" + month,
            "/api/usage?group_by=day,instance&" + month,
            "/api/usage?group_by=key",
            "/api/usage?group_by=day,instance",
            "/api/usage/gpu-time"));
    // A page far behind: the cursor after 5,000 records.
    String cursor = "";
    for (int page = 0; page < 5; page++) {
      String body = get("/api/usage?limit=1000" + cursor, 1);
      Matcher next = Pattern.compile("\"next_cursor\":\"([^\"]+)\"").matcher(body);
      if (next.find()) {
        cursor = "&cursor=" + next.group(1);
      }
    }
    paths.add("/api/usage?limit=50" + cursor);
  }

  private String get(String path, int account) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(base + path.replace("ACCOUNT", "" + account)))
                .header("Authorization", "Bearer " + OPERATOR)
                .header("X-EcoLink-Account", Integer.toString(account))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  /** The nanoseconds of each call of each path. */
  private List<List<Long>> load(int seconds, int rate) throws Exception {
    List<List<Long>> times = new ArrayList<>();
    paths.forEach(path -> times.add(new ArrayList<>()));
    List<Thread> threads = new ArrayList<>();
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    int callers = rate == 0 ? CALLERS : 4 * CALLERS;
    long gapNanos = rate == 0 ? 0 : 1_000_000_000L * callers / rate;
    for (int caller = 0; caller < callers; caller++) {
      int first = caller;
      Thread thread = new Thread(() -> call(times, first, gapNanos, end));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return times;
  }

  private void call(List<List<Long>> times, int first, long gapNanos, long end) {
    long due = System.nanoTime() + first * gapNanos / (4 * CALLERS);
    for (int i = first * 5; due < end; i++) {
      int path = i % paths.size();
      due = gapNanos == 0 ? System.nanoTime() : due + gapNanos;
      LockSupport.parkNanos(due - System.nanoTime());
      long begun = due;
      try {
        String cursorOfOne =
            paths.get(path).contains("cursor") ? "1" : "" + (1 + i / 3 % BillingWorld.ACCOUNTS);
        get(paths.get(path), Integer.parseInt(cursorOfOne));
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
      List<Long> ofPath = times.get(path);
      synchronized (ofPath) {
        ofPath.add(System.nanoTime() - begun);
      }
    }
  }

  private void report(List<List<Long>> times, int seconds) {
    int all = 0;
    for (int path = 0; path < paths.size(); path++) {
      long[] sorted = times.get(path).stream().mapToLong(Long::longValue).sorted().toArray();
      all += sorted.length;
      System.out.printf(
          Locale.ROOT,
          "p50 %6.1f  p99 %6.1f  max %6.1f ms  of %5d  %s%n",
          millis(sorted, 0.5),
          millis(sorted, 0.99),
          millis(sorted, 1),
          sorted.length,
          paths.get(path).replaceAll("cursor=.*", "cursor=…"));
    }
    long[] sorted =
        times.stream().flatMap(List::stream).mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "p50 %6.1f  p99 %6.1f  max %6.1f ms  all, %d calls/s%n",
        millis(sorted, 0.5),
        millis(sorted, 0.99),
        millis(sorted, 1),
        all / seconds);
    System.out.println(Arrays.stream(sorted).average().orElse(0) / 1e6 + " ms mean");
  }

  private static double millis(long[] sorted, double part) {
    if (sorted.length == 0) {
      return 0;
    }
    return sorted[(int) Math.min(sorted.length - 1, Math.ceil(sorted.length * part))] / 1e6;
  }
}
