package com.ecohash.ecolink.console.bill;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.openai.ApiException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageQuestionTest {
  @ParameterizedTest
  @ValueSource(strings = {"-0001-01-01", "+10000-01-01", "+999999999-01-01", "1969-12-31", "today"})
  void refusesACursorOfADayThatNoDatabaseKeeps(String day) {
    MultivaluedHashMap<String, String> parameters = new MultivaluedHashMap<>();
    parameters.add("group_by", "day");
    UsageQuestion question = UsageQuestion.of(new AccountId(1), parameters);
    assertThatThrownBy(() -> question.position(day))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("next_cursor");
  }
}
