package com.ecohash.ecolink.metering.journal;

import com.ecohash.ecolink.metering.UsageRecord;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * The main class of a process that {@link JournalKillTest} kills: appends as fast as it can, and
 * prints {@code B n} or {@code E n} each time an append has returned.
 */
final class KilledProcess {
  static final int THREADS = 4;

  private KilledProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    Journal journal = Journal.open(settings(Path.of(arguments[0])));
    long firstNumber = Long.parseLong(arguments[1]);
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < THREADS; i++) {
      long from = firstNumber + i;
      new Thread(() -> append(journal, from)).start();
    }
    never.await();
  }

  static JournalSettings settings(Path folder) {
    return new JournalSettings(folder, 1 << 20, 1L << 30);
  }

  private static void append(Journal journal, long from) {
    for (long number = from; ; number += THREADS) {
      UsageRecord record = Samples.completed(number);
      journal.begin(record.start());
      say("B " + number);
      if (number % 5 != 0) {
        journal.end(record);
        say("E " + number);
      }
    }
  }

  private static void say(String line) {
    synchronized (System.out) {
      System.out.println(line);
      System.out.flush();
    }
  }
}
