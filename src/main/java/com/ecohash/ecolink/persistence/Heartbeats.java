package com.ecohash.ecolink.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.hibernate.Session;

/**
 * The table by which gateways on one database know how many they are. Ages are measured by the
 * database's clock alone, so that nodes' clocks may differ.
 */
public final class Heartbeats {
  /** A node that missed so many beats is taken for gone. */
  private static final int MISSED_MAX = 3;

  /** Rows of nodes that never said goodbye go after so many beats. */
  private static final int KEPT_BEATS = 1_000;

  private final Database database;
  private final String node;
  private final Duration interval;

  /**
   * @param node this gateway's name, of no more than 36 characters, of this start alone
   * @param interval at which {@link #beat()} is called, on every node
   */
  public Heartbeats(Database database, String node, Duration interval) {
    this.database = database;
    this.node = node;
    this.interval = interval;
  }

  /** A node of this interval that was silent for so long is taken for gone. */
  public static Duration silence(Duration interval) {
    return interval.multipliedBy(MISSED_MAX);
  }

  /**
   * Says that this node is alive.
   *
   * @return how many are, this one included
   */
  public int beat() {
    return database.transaction(
        entityManager -> entityManager.unwrap(Session.class).doReturningWork(this::beat));
  }

  /** This node goes; the others need not wait for three beats. */
  public void leave() {
    database.transaction(
        entityManager ->
            entityManager
                .unwrap(Session.class)
                .doReturningWork(
                    connection -> update(connection, "delete from node where id = ?", node)));
  }

  private int beat(Connection connection) throws SQLException {
    OffsetDateTime now = now(connection);
    if (update(connection, "update node set beat_at = ? where id = ?", now, node) == 0) {
      update(connection, "insert into node (beat_at, id) values (?, ?)", now, node);
    }
    update(
        connection,
        "delete from node where beat_at < ?",
        now.minus(interval.multipliedBy(KEPT_BEATS)));
    return alive(connection, now.minus(silence(interval)));
  }

  private static OffsetDateTime now(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select current_timestamp");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getObject(1, OffsetDateTime.class);
    }
  }

  private static int alive(Connection connection, OffsetDateTime since) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select count(*) from node where beat_at >= ?")) {
      query.setObject(1, since);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static int update(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    }
  }
}
