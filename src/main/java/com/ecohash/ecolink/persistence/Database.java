package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.secrets.SealedTexts;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open database: migrated, its schema checked against the entities, with a pool of connections.
 * Never hands out a connection outside a transaction. It must be there at the start; when it goes
 * away later, calls fail within the connect timeout until it is back.
 */
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int VALID_TIMEOUT_SECONDS = 1;

  private final DatabaseSettings settings;
  private final HikariDataSource pool;
  private final EntityManagerFactory entityManagers;
  private final SealedTexts secrets;

  private Database(
      DatabaseSettings settings,
      HikariDataSource pool,
      EntityManagerFactory entityManagers,
      SealedTexts secrets) {
    this.settings = settings;
    this.pool = pool;
    this.entityManagers = entityManagers;
    this.secrets = secrets;
  }

  /**
   * Connects, migrates, and validates the schema.
   *
   * @throws RuntimeException if the database is away or its schema is not ours
   */
  public static Database open(DatabaseSettings settings) {
    return open(settings, SealedTexts.WITHOUT_KEY);
  }

  /**
   * As above, with keys for what is stored encrypted.
   *
   * @param secrets open and seal credentials
   */
  public static Database open(DatabaseSettings settings, SealedTexts secrets) {
    return open(settings, secrets, connections -> connections);
  }

  /**
   * @param around stands between the pool and whoever works with its connections
   */
  static Database open(
      DatabaseSettings settings, SealedTexts secrets, UnaryOperator<DataSource> around) {
    HikariDataSource pool = ConnectionPool.open(settings);
    try {
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(pool)
          .locations("classpath:db/migration")
          .load()
          .migrate();
      return new Database(
          settings,
          pool,
          Persistence.createEntityManagerFactory(
              "ecolink", Map.of("jakarta.persistence.nonJtaDataSource", around.apply(pool))),
          secrets);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  SealedTexts secrets() {
    return secrets;
  }

  /** Runs the work in one transaction; whatever it throws rolls back and comes out unchanged. */
  public <T> T transaction(Function<EntityManager, T> work) {
    try (EntityManager entityManager = entityManagers.createEntityManager()) {
      EntityTransaction transaction = entityManager.getTransaction();
      transaction.begin();
      try {
        T result = work.apply(entityManager);
        transaction.commit();
        return result;
      } catch (RuntimeException | Error e) {
        rollBack(transaction, e);
        throw e;
      }
    }
  }

  private static void rollBack(EntityTransaction transaction, Throwable cause) {
    try {
      if (transaction.isActive()) {
        transaction.rollback();
      }
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /** A transaction that changes what the catalog holds, and so counts its version up. */
  <T> T change(Function<EntityManager, T> work) {
    return transaction(
        entityManager -> {
          T result = work.apply(entityManager);
          bumpCatalogVersion(entityManager);
          return result;
        });
  }

  /** As {@link #change}, where the catalog's version stays if the work changed nothing. */
  boolean changeIf(Predicate<EntityManager> work) {
    return transaction(
        entityManager -> {
          boolean changed = work.test(entityManager);
          if (changed) {
            bumpCatalogVersion(entityManager);
          }
          return changed;
        });
  }

  /** Last in its transaction, so that the one row everybody writes is locked the shortest. */
  static void bumpCatalogVersion(EntityManager entityManager) {
    entityManager.flush();
    entityManager
        .createQuery("update CatalogVersionEntity v set v.version = v.version + 1")
        .executeUpdate();
  }

  /** For the one library that brings its own transactions. */
  DataSource connections() {
    return pool;
  }

  /** Whether the database answers now. Takes no longer than the connect timeout and a second. */
  public boolean isReachable() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(VALID_TIMEOUT_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      entityManagers.close();
      if (settings.isFile() && pool.getHikariPoolMXBean().getActiveConnections() > 0) {
        endFile();
      }
    } finally {
      pool.close();
    }
  }

  /**
   * The pool forgets a connection that is in use while it closes, and that one alone would keep the
   * file locked for as long as this process lives: a server that deploys the application again
   * could not open it.
   */
  private void endFile() {
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    } catch (SQLException e) {
      LOG.warn("The embedded database did not end in order; the next start mends it", e);
    }
  }
}
