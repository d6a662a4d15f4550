package com.ecohash.ecolink.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.ids.AccountId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @Test
  @Timeout(20)
  void failsFastWhenTheDatabaseIsMissing() throws IOException {
    DatabaseSettings nowhere =
        new DatabaseSettings(
            "jdbc:postgresql://127.0.0.1:" + freePort() + "/ecolink", "eco", "", 2, TIMEOUT);
    assertThatThrownBy(() -> Database.open(nowhere)).isInstanceOf(RuntimeException.class);
  }

  @Test
  @Timeout(120)
  void findsTheDatabaseAgainAfterItWasAway(@TempDir Path data) throws IOException {
    int port = freePort();
    EmbeddedPostgres server = start(port, data);
    DatabaseSettings settings =
        new DatabaseSettings(
            "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "", 4, TIMEOUT);
    try (Database database = Database.open(settings)) {
      AccountId account = TestingWorld.account(database);
      assertThat(database.isReachable()).isTrue();
      server.close();
      JdbcUsageStore store = new JdbcUsageStore(database, TestingWorld.CLOCK);
      var batch = java.util.List.of(TestingWorld.record(account, 5));
      assertThat(database.isReachable()).isFalse();
      assertThatThrownBy(() -> store.store(batch)).isInstanceOf(RuntimeException.class);
      server = start(port, data);
      await().atMost(Duration.ofSeconds(20)).until(database::isReachable);
      store.store(batch);
      LedgerChain.assertSound(database, account);
      assertThat(TestingWorld.ledger(database, account)).hasSize(1);
    } finally {
      server.close();
    }
  }

  /** As when a server ends the application in the middle of a task, and deploys it again. */
  @Test
  @Timeout(60)
  void leavesItsFileToTheNextWhoeverStillHasAConnection(@TempDir Path data) throws Exception {
    DatabaseSettings settings = DatabaseSettings.embedded(data, 2, TIMEOUT);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Database first = Database.open(settings);
    Future<Boolean> late =
        CompletableFuture.supplyAsync(
            () ->
                first.transaction(
                    entityManager -> {
                      Database.bumpCatalogVersion(entityManager);
                      begun.countDown();
                      return awaited(goOn);
                    }));
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    first.close();
    try (Database second = Database.open(settings)) {
      assertThat(second.isReachable()).isTrue();
      goOn.countDown();
      assertThatThrownBy(() -> late.get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class);
      assertThat(second.isReachable()).isTrue();
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Timeout(60)
  void losesNothingThatWasStoredWhenTheProcessDies(@TempDir Path data) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                DyingProcess.class.getName(),
                data.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(DyingProcess.EXIT_STATUS);
    try (Database database = Database.open(DatabaseSettings.embedded(data, 2, TIMEOUT))) {
      AccountId account = new AccountId(1);
      LedgerChain.assertSound(database, account);
      assertThat(TestingWorld.ledger(database, account)).hasSize(DyingProcess.RECORDS);
    }
  }

  private static EmbeddedPostgres start(int port, Path data) throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
