package com.ecohash.ecolink.persistence;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Sets a statement's parameters one after the other, row by row. */
final class Parameters {
  private final PreparedStatement statement;
  private int last;

  Parameters(PreparedStatement statement) {
    this.statement = statement;
  }

  Parameters text(String value) throws SQLException {
    statement.setString(++last, value);
    return this;
  }

  Parameters textOrNull(@Nullable String value) throws SQLException {
    statement.setString(++last, value);
    return this;
  }

  Parameters number(long value) throws SQLException {
    statement.setLong(++last, value);
    return this;
  }

  Parameters numberOrNull(@Nullable Long value) throws SQLException {
    if (value == null) {
      statement.setNull(++last, Types.BIGINT);
      return this;
    }
    return number(value);
  }

  Parameters integer(int value) throws SQLException {
    statement.setInt(++last, value);
    return this;
  }

  Parameters flag(boolean value) throws SQLException {
    statement.setBoolean(++last, value);
    return this;
  }

  Parameters time(Instant value) throws SQLException {
    statement.setObject(++last, Times.stored(value).atOffset(ZoneOffset.UTC));
    return this;
  }

  Parameters day(LocalDate value) throws SQLException {
    statement.setObject(++last, value);
    return this;
  }

  /** The row is complete; the next value is the first of the next one. */
  void addBatch() throws SQLException {
    statement.addBatch();
    last = 0;
  }
}
