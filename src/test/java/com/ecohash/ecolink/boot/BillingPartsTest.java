package com.ecohash.ecolink.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecohash.ecolink.money.Money;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BillingPartsTest {
  @Test
  void knowsAHighestPrice() {
    assertThat(BillingParts.settings(Configuration.of(Map.of())).priceMax())
        .isEqualTo(Money.parse("100000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1000000.01", "9000000000", "much"})
  void refusesAHighestPriceThatIsNone(String text) {
    Configuration configuration = Configuration.of(Map.of("ecolink.billing.price-max", text));
    assertThatThrownBy(() -> BillingParts.settings(configuration))
        .isInstanceOf(BadConfigurationException.class)
        .hasMessageContaining("ecolink.billing.price-max");
  }
}
