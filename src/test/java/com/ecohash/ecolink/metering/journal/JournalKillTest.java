package com.ecohash.ecolink.metering.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.UsageStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at a random moment, for real: nothing that an append has promised is lost. */
class JournalKillTest {
  private static final int ROUNDS = 3;
  private static final int LINES_MIN = 2_000;
  private static final int LINES_MORE = 30_000;
  private static final long NUMBERS_A_ROUND = 10_000_000;

  private final Path folder;
  private final Random random = new Random();
  private final Set<Long> begun = new TreeSet<>();
  private final Set<Long> ended = new TreeSet<>();

  JournalKillTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  @Timeout(120)
  void aKilledProcessLosesNothingItHasAppended() throws IOException, InterruptedException {
    FakeUsageStore store = new FakeUsageStore();
    for (int round = 0; round < ROUNDS; round++) {
      appendAndKill(round * NUMBERS_A_ROUND);
      if (round != 1) { // after the second round the journal is left to the third as it is
        drain(store);
        check(store.records());
      }
    }
    assertThat(begun).hasSizeGreaterThan(LINES_MIN);
  }

  private void appendAndKill(long firstNumber) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledProcess.class.getName(),
                folder.toString(),
                Long.toString(firstNumber))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      int killAfter = LINES_MIN + random.nextInt(LINES_MORE);
      String line = lines.readLine();
      for (int i = 0; line != null; i++, line = wholeLine(lines)) {
        read(line);
        if (i == killAfter) {
          process.toHandle().destroyForcibly(); // unlike Process, leaves what it said readable
        }
      }
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("killed by SIGKILL").isEqualTo(128 + 9);
    } finally {
      process.destroyForcibly();
    }
  }

  /** The last line of a killed process may be cut short: null stands for it too. */
  private static @Nullable String wholeLine(BufferedReader lines) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = lines.read(); next >= 0; next = lines.read()) {
      if (next == '\n') {
        return line.toString();
      }
      line.append((char) next);
    }
    return null;
  }

  private void read(String line) {
    if (line.startsWith("B ")) {
      begun.add(Long.parseLong(line.substring(2)));
    } else if (line.startsWith("E ")) {
      ended.add(Long.parseLong(line.substring(2)));
    }
  }

  private void drain(UsageStore store) {
    try (Journal journal = Journal.open(KilledProcess.settings(folder))) {
      JournalDrain drain =
          JournalDrain.idle(
              journal, store, DrainListener.NONE, DrainSettings.DEFAULT, new ManualTicker());
      assertThat(drain.drainNow()).isTrue();
    }
  }

  private void check(Map<RequestId, UsageRecord> records) {
    for (long number : ended) {
      assertThat(records).containsEntry(Samples.id(number), Samples.completed(number));
    }
    for (long number : begun) {
      assertThat(records).containsKey(Samples.id(number));
      if (number % 5 == 0) {
        assertThat(records)
            .containsEntry(Samples.id(number), UsageRecord.interrupted(Samples.start(number)));
      }
    }
  }
}
