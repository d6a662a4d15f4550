package com.ecohash.ecolink.console.bill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecohash.ecolink.billing.Booking;
import com.ecohash.ecolink.billing.LedgerKind;
import com.ecohash.ecolink.console.TestingRequests;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.openai.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CreditRequestTest {
  private static final BillingSettings SETTINGS =
      new BillingSettings(
          Money.parse("1000"), "credit.max", Money.parse("1000"), "price.max", 10, "csv.rows");
  private static final AccountId ACCOUNT = new AccountId(1);

  private static CreditRequest request(String json) {
    return TestingRequests.read(CreditRequest.class, json);
  }

  @Test
  void takesATopUpWithoutFurtherWords() {
    Booking booking = request("{'amount': '5'}").check(ACCOUNT, "key-1", SETTINGS);
    assertThat(booking.kind()).isEqualTo(LedgerKind.TOP_UP);
    assertThat(booking.description()).isEqualTo("Top-up");
    assertThat(booking.idempotencyKey()).contains("key-1");
  }

  @Test
  void letsOnlyAnAdjustmentTakeAway() {
    assertThat(
            request("{'amount': '-5', 'kind': 'adjustment'}")
                .check(ACCOUNT, null, SETTINGS)
                .amount())
        .isEqualTo(Money.parse("-5"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {} | decimal string
          {'amount': '0'} | above zero
          {'amount': '-1'} | above zero
          {'amount': '-1', 'kind': 'refund'} | above zero
          {'amount': '1000.000000001'} | credit.max
          {'amount': '-1001', 'kind': 'adjustment'} | credit.max
          {'amount': '1', 'kind': 'api_usage'} | top_up, bonus, refund, adjustment
          """)
  void refusesInASentence(String json, String words) {
    assertThatThrownBy(() -> request(json).check(ACCOUNT, null, SETTINGS))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with space", "tab\t", "ünicode"})
  void refusesAKeyThatNoHeaderShouldHold(String key) {
    assertThatThrownBy(() -> request("{'amount': '1'}").check(ACCOUNT, key, SETTINGS))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("Idempotency-Key");
  }
}
