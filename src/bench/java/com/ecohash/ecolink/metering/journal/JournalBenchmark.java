package com.ecohash.ecolink.metering.journal;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.ids.RequestIds;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.metering.AttemptRecord;
import com.ecohash.ecolink.metering.Ending;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.Units;
import com.ecohash.ecolink.metering.UnitsSource;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import com.ecohash.ecolink.money.Rates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What the journal adds to an exchange: one begin and one end, the making of segments ahead
 * included, the drain not. Each iteration has a journal of its own, on the disk of the folder for
 * temporary files.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class JournalBenchmark {
  private static final long BYTES_MAX = 8L << 30;
  private static final RegionId REGION = new RegionId("us-west");
  private static final Rates RATES =
      new Rates(
          Map.of(
              PricedUnit.INPUT_TOKENS,
              Money.parse("0.0375"),
              PricedUnit.OUTPUT_TOKENS,
              Money.parse("0.15")));
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.123456Z");

  private final RequestIds ids = new RequestIds(Clock.systemUTC(), new SecureRandom());
  private Path folder = Path.of("");
  private Journal journal = openIn(newFolder());

  public static void main(String[] args) throws RunnerException {
    System.out.println(
        "a begin has "
            + JournalCodec.begin(
                    record(new RequestIds(Clock.systemUTC(), new SecureRandom())).start())
                .sizeBytes()
            + " bytes, an end "
            + JournalCodec.end(record(new RequestIds(Clock.systemUTC(), new SecureRandom())))
                .sizeBytes());
    new Runner(
            new OptionsBuilder()
                .include(JournalBenchmark.class.getSimpleName())
                .jvmArgs("-Xmx2g")
                .build())
        .run();
  }

  private Path newFolder() {
    try {
      folder = Files.createTempDirectory("journal");
      return folder;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Journal openIn(Path folder) {
    return Journal.open(new JournalSettings(folder, 16 << 20, BYTES_MAX));
  }

  @Setup(Level.Iteration)
  public void open() throws IOException {
    close();
    journal = openIn(newFolder());
  }

  @TearDown(Level.Iteration)
  public void close() throws IOException {
    journal.close();
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static UsageRecord record(RequestIds ids) {
    ExchangeStart start =
        new ExchangeStart(
            ids.next(),
            NOW,
            new AccountId(12),
            Optional.of(new KeyId(7)),
            new InstanceId(142),
            Optional.of(Category.CHAT),
            "my-llama:142",
            true,
            RATES);
    return new UsageRecord(
        start,
        Ending.COMPLETED,
        200,
        Units.tokens(1_000, 200, 300, 0, UnitsSource.REPORTED),
        new Money(90_000),
        Optional.of(REGION),
        List.of(new AttemptRecord(new ReplicaId(8), REGION, "least loaded of two", "ok", 812)),
        120_000,
        812_000);
  }

  /** To be taken off the others: the record itself. */
  @Benchmark
  public UsageRecord recordAlone() {
    return record(ids);
  }

  @Benchmark
  public Object encodeBeginAndEnd() {
    UsageRecord record = record(ids);
    Frame begin = JournalCodec.begin(record.start());
    Frame end = JournalCodec.end(record);
    return begin.length() > end.length() ? begin : end;
  }

  @Benchmark
  public boolean beginAndEnd() {
    return append();
  }

  @Benchmark
  @Threads(4)
  public boolean beginAndEndOfFourThreads() {
    return append();
  }

  private boolean append() {
    UsageRecord record = record(ids);
    journal.begin(record.start());
    return journal.end(record);
  }
}
