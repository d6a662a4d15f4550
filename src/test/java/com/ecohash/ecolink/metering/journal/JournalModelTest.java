package com.ecohash.ecolink.metering.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.UsageStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever happens in whatever order, every exchange that has begun has exactly one record in the
 * end, and the one it ended with if it ended.
 */
class JournalModelTest {
  /** One thing that happens; {@code size} says how much of it. */
  private enum Happening {
    BEGIN,
    END,
    DRAIN_ONE_BATCH,
    STORE_GOES_AWAY,
    STORE_FAILS_AFTER_IT_STORED,
    STORE_COMES_BACK,
    CRASH,
    CRASH_IN_AN_APPEND,
    CRASH_AND_GARBAGE
  }

  @Property(tries = 150)
  void everyBegunExchangeHasOneRecordInTheEnd(
      @ForAll("lives") List<Tuple.Tuple2<Happening, Integer>> life, @ForAll long seed)
      throws IOException {
    Path root = Files.createTempDirectory("journal");
    try (World world = new World(root, new Random(seed))) {
      for (Tuple.Tuple2<Happening, Integer> next : life) {
        world.happen(next.get1(), next.get2());
      }
      world.happen(Happening.CRASH, 0);
      world.happen(Happening.STORE_COMES_BACK, 0);
      world.drainAll();
      assertThat(world.store.records()).isEqualTo(world.expected);
      assertThat(world.told).as("nothing is told twice by one process").allMatch(n -> n == 1);
    } finally {
      deleteAll(root);
    }
  }

  @Provide
  Arbitrary<List<Tuple.Tuple2<Happening, Integer>>> lives() {
    Arbitrary<Happening> happenings =
        Arbitraries.frequency(
            Tuple.of(8, Happening.BEGIN),
            Tuple.of(8, Happening.END),
            Tuple.of(5, Happening.DRAIN_ONE_BATCH),
            Tuple.of(1, Happening.STORE_GOES_AWAY),
            Tuple.of(1, Happening.STORE_FAILS_AFTER_IT_STORED),
            Tuple.of(2, Happening.STORE_COMES_BACK),
            Tuple.of(1, Happening.CRASH),
            Tuple.of(1, Happening.CRASH_IN_AN_APPEND),
            Tuple.of(1, Happening.CRASH_AND_GARBAGE));
    return Combinators.combine(happenings, Arbitraries.integers().between(1, 120))
        .as(Tuple::of)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  /** A gateway, its disk, its database, and what must be true of them. */
  private static final class World implements AutoCloseable {
    private final Path root;
    private final Random random;
    private final FakeUsageStore store = new FakeUsageStore();
    private final Map<RequestId, UsageRecord> expected = new LinkedHashMap<>();
    private final List<ExchangeStart> open = new ArrayList<>();
    private final List<Journal> left = new ArrayList<>();
    private final List<Integer> told = new ArrayList<>();
    private Map<RequestId, Integer> toldByThisProcess = new HashMap<>();
    private boolean storeLies;
    private Path folder;
    private Journal journal;
    private JournalDrain drain;
    private long number;

    World(Path root, Random random) {
      this.root = root;
      this.random = random;
      this.folder = root.resolve("0");
      this.journal = Journal.open(Samples.roomy(folder));
      this.drain = drainOf(journal);
    }

    private JournalDrain drainOf(Journal of) {
      DrainSettings settings =
          new DrainSettings(
              50,
              DrainSettings.DEFAULT.interval(),
              DrainSettings.DEFAULT.backoffFirst(),
              DrainSettings.DEFAULT.backoffMax(),
              1_000,
              DrainSettings.DEFAULT.closeMax());
      UsageStore lying =
          batch -> {
            var balances = store.store(batch);
            if (storeLies) {
              throw FakeUsageStore.away(); // the commit went through, its answer was lost
            }
            return balances;
          };
      DrainListener listener =
          (batch, balances) ->
              batch.forEach(record -> toldByThisProcess.merge(record.id(), 1, Integer::sum));
      return JournalDrain.idle(of, lying, listener, settings, new ManualTicker());
    }

    void happen(Happening happening, int size) throws IOException {
      switch (happening) {
        case BEGIN -> begin(size);
        case END -> end(size);
        case DRAIN_ONE_BATCH -> drain.step();
        case STORE_GOES_AWAY ->
            store.failWith(
                batch -> {
                  throw FakeUsageStore.away();
                });
        case STORE_FAILS_AFTER_IT_STORED -> storeLies = true;
        case STORE_COMES_BACK -> {
          storeLies = false;
          store.work();
        }
        case CRASH -> crash(at -> {});
        case CRASH_IN_AN_APPEND -> crash(this::tornAppend);
        case CRASH_AND_GARBAGE -> crash(this::garbage);
      }
    }

    private void begin(int count) {
      for (int i = 0; i < count; i++) {
        ExchangeStart start = Samples.start(number++, "m".repeat(random.nextInt(512)));
        journal.begin(start);
        open.add(start);
        expected.put(start.id(), UsageRecord.interrupted(start));
      }
    }

    private void end(int count) {
      for (int i = 0; i < count && !open.isEmpty(); i++) {
        UsageRecord record = Samples.completed(open.remove(random.nextInt(open.size())));
        assertThat(journal.end(record)).isTrue();
        expected.put(record.id(), record);
      }
    }

    /** The files as the kernel has them at this moment are opened by another process. */
    private void crash(AfterCrash afterCrash) throws IOException {
      Path next = root.resolve(Integer.toString(left.size() + 1));
      copy(folder, next);
      afterCrash.spoil(next);
      left.add(journal);
      told.addAll(toldByThisProcess.values());
      toldByThisProcess = new HashMap<>();
      open.clear();
      folder = next;
      journal = Journal.open(Samples.roomy(folder));
      drain = drainOf(journal);
    }

    private interface AfterCrash {
      void spoil(Path folder) throws IOException;
    }

    /** All of a frame but its length word. */
    private void tornAppend(Path at) throws IOException {
      byte[] torn = new byte[4 + random.nextInt(400)];
      random.nextBytes(torn);
      torn[0] = 0;
      torn[1] = 0;
      torn[2] = 0;
      torn[3] = 0;
      writeAtTheEnd(at, torn);
    }

    private void garbage(Path at) throws IOException {
      byte[] garbage = new byte[8 + random.nextInt(20_000)];
      random.nextBytes(garbage);
      garbage[0] |= 1;
      writeAtTheEnd(at, garbage);
    }

    private void writeAtTheEnd(Path at, byte[] bytes) throws IOException {
      Segment last = journal.active();
      Path file = at.resolve(last.file().getFileName());
      try (RandomAccessFile segment = new RandomAccessFile(file.toFile(), "rw")) {
        segment.seek(last.end());
        segment.write(bytes, 0, Math.min(bytes.length, last.freeBytes()));
        if (random.nextBoolean()) {
          segment.setLength(segment.getFilePointer());
        }
      }
    }

    void drainAll() {
      assertThat(drain.drainNow()).isTrue();
      assertThat(journal.undrained()).isZero();
      told.addAll(toldByThisProcess.values());
    }

    @Override
    public void close() {
      journal.close();
      left.forEach(Journal::close);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".journal")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void deleteAll(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
