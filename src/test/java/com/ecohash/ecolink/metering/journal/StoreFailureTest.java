package com.ecohash.ecolink.metering.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreFailureTest {
  @ParameterizedTest
  @CsvSource({
    "08006, AWAY", // connection failure
    "57P01, AWAY", // admin shutdown
    "57014, AWAY", // statement timeout
    "53300, AWAY", // too many connections
    "40P01, AWAY", // deadlock
    "25006, AWAY", // read-only: a standby
    "22021, REFUSED", // a NUL in a text
    "23503, REFUSED", // the account is gone
    "42P01, UNCLEAR", // no such table
    "P0001, UNCLEAR" // raised by a trigger
  })
  void judgesBySqlState(String state, StoreFailure verdict) {
    SQLException cause = new SQLException("words", state);
    assertThat(StoreFailure.of(new IllegalStateException(cause))).isEqualTo(verdict);
  }

  @Test
  void judgesByKindWhereThereIsNoState() {
    assertThat(StoreFailure.of(new SQLRecoverableException())).isEqualTo(StoreFailure.AWAY);
    assertThat(StoreFailure.of(new IOException())).isEqualTo(StoreFailure.AWAY);
    assertThat(StoreFailure.of(new SQLException("closed"))).isEqualTo(StoreFailure.UNCLEAR);
    assertThat(StoreFailure.of(new ArithmeticException())).isEqualTo(StoreFailure.UNCLEAR);
  }
}
