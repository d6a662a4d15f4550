package com.ecohash.ecolink.metering.journal;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** What a failure of the store says about the batch. */
enum StoreFailure {
  /** Nothing: the database is away, busy or not ready. The same batch will do later. */
  AWAY,
  /** The database has looked at the data and does not want it. */
  REFUSED,
  /** Could be either. */
  UNCLEAR;

  private static final int CAUSES_MAX = 20;

  /**
   * Classes of SQLSTATE (ISO 9075-2, section 24; PostgreSQL, appendix A): connection, no such
   * database, invalid authorization, transaction state, rollback and deadlock, resources, object
   * state, operator, system, configuration.
   */
  private static final Set<String> AWAY_CLASSES =
      Set.of("08", "3D", "28", "25", "40", "53", "55", "57", "58", "F0");

  /** Data exception, integrity constraint violation. */
  private static final Set<String> REFUSED_CLASSES = Set.of("22", "23");

  static StoreFailure of(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
      if (cause instanceof SQLException sql) {
        return of(sql);
      }
      if (cause instanceof IOException
          || cause instanceof TimeoutException
          || cause instanceof InterruptedException) {
        return AWAY;
      }
      cause = cause.getCause();
    }
    return UNCLEAR;
  }

  private static StoreFailure of(SQLException failure) {
    if (failure instanceof SQLTransientException
        || failure instanceof SQLRecoverableException
        || failure instanceof SQLNonTransientConnectionException) {
      return AWAY;
    }
    String state = failure.getSQLState();
    if (state == null || state.length() < 2) {
      return UNCLEAR;
    }
    String stateClass = state.substring(0, 2);
    if (AWAY_CLASSES.contains(stateClass)) {
      return AWAY;
    }
    return REFUSED_CLASSES.contains(stateClass) ? REFUSED : UNCLEAR;
  }
}
