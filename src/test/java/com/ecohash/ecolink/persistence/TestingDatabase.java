package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.secrets.SealedTexts;
import com.ecohash.ecolink.secrets.SecretKeyBytes;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The databases on which every store keeps its contract. One that cannot start fails the tests. */
public enum TestingDatabase {
  H2_MEMORY {
    @Override
    public DatabaseSettings fresh() {
      return settings(
          "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", "sa");
    }
  },
  H2_FILE {
    @Override
    public DatabaseSettings fresh() {
      try {
        Path parent = Files.createDirectories(Path.of("target", "databases"));
        return DatabaseSettings.embedded(
            Files.createTempDirectory(parent, "h2"), POOL_SIZE, TIMEOUT);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  },
  POSTGRESQL {
    @Override
    public DatabaseSettings fresh() {
      String name = "test_" + UUID.randomUUID().toString().replace("-", "");
      EmbeddedPostgres server = Postgresql.SERVER;
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create database " + name);
      } catch (SQLException e) {
        throw new IllegalStateException("PostgreSQL takes no new database", e);
      }
      return settings(server.getJdbcUrl("postgres", name), "postgres");
    }
  };

  private static final SealedTexts SECRETS =
      SealedTexts.by(
          SecretKeyBytes.parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="), Optional.empty());
  private static final int POOL_SIZE = 8;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** A database of its own, empty. */
  public abstract DatabaseSettings fresh();

  public Database open() {
    return Database.open(fresh(), SECRETS);
  }

  /** Whether a transaction waits for what another one has locked. */
  boolean somebodyWaits(Database database) {
    String waiting =
        this == POSTGRESQL
            ? "from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
            : "from information_schema.sessions where blocker_id is not null";
    return database.transaction(
        entityManager ->
            ((Number)
                        entityManager
                            .createNativeQuery("select count(*) " + waiting, Long.class)
                            .getSingleResult())
                    .longValue()
                > 0);
  }

  private static DatabaseSettings settings(String url, String user) {
    return new DatabaseSettings(url, user, "", POOL_SIZE, TIMEOUT);
  }

  /** One server for the whole JVM, ended with it. */
  private static final class Postgresql {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().start();
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL does not start", e);
      }
    }
  }
}
