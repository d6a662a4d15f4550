package com.ecohash.ecolink.metering;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import com.ecohash.ecolink.money.Rates;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CostTest {
  private static final Units TOKENS = Units.tokens(1_000_000_000, 0, 0, 0, UnitsSource.REPORTED);

  private static ExchangeStart at(String price) {
    return new ExchangeStart(
        new RequestId("req_00000000000000000000000001"),
        Instant.EPOCH,
        new AccountId(1),
        Optional.empty(),
        new InstanceId(2),
        Optional.of(Category.CHAT),
        "m:2",
        false,
        new Rates(Map.of(PricedUnit.INPUT_TOKENS, Money.parse(price))));
  }

  @Test
  void isTheUnitsByThePrice() {
    assertThat(Cost.of(at("2"), Ending.COMPLETED, TOKENS)).isEqualTo(Money.parse("2000"));
  }

  @Test
  void isNothingForAnEndThatIsNotBilled() {
    assertThat(Cost.of(at("2"), Ending.CONTAINER_FAILED, TOKENS)).isEqualTo(Money.ZERO);
  }

  @Test
  void isNothingWhereItWouldBeBeyondAllMoney() {
    assertThat(Cost.of(at("9000000000"), Ending.COMPLETED, TOKENS)).isEqualTo(Money.ZERO);
  }
}
