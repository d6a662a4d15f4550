package com.ecohash.ecolink.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatesTest {
  private static Rates of(PricedUnit unit, String price) {
    return new Rates(Map.of(unit, Money.parse(price)));
  }

  @Test
  void chargesFractionsOfACentExactly() {
    // $0.0375 a million: 37.5 nano-dollars a token.
    assertThat(of(PricedUnit.INPUT_TOKENS, "0.0375").charge(Map.of(PricedUnit.INPUT_TOKENS, 2L)))
        .isEqualTo(new Money(75));
  }

  @Test
  void roundsOnceForAllUnitsTogether() {
    Rates rates =
        new Rates(
            Map.of(
                PricedUnit.INPUT_TOKENS, Money.parse("0.0004"),
                PricedUnit.OUTPUT_TOKENS, Money.parse("0.0004")));
    // 0.4 + 0.4 nano-dollars: one by one they would both be rounded away.
    assertThat(rates.charge(Map.of(PricedUnit.INPUT_TOKENS, 1L, PricedUnit.OUTPUT_TOKENS, 1L)))
        .isEqualTo(new Money(1));
  }

  @Test
  void chargesCachedTokensAsOthersWhereTheyHaveNoPriceOfTheirOwn() {
    Rates rates = of(PricedUnit.INPUT_TOKENS, "1");
    assertThat(rates.charge(Map.of(PricedUnit.CACHED_INPUT_TOKENS, 3L))).isEqualTo(new Money(3000));
  }

  @Test
  void chargesSecondsByTheMillisecondAndGpuHoursByTheSecond() {
    assertThat(of(PricedUnit.SECONDS, "0.006").charge(Map.of(PricedUnit.SECONDS, 1_500L)))
        .isEqualTo(Money.parse("0.009"));
    assertThat(of(PricedUnit.GPU_HOURS, "3.60").charge(Map.of(PricedUnit.GPU_HOURS, 1L)))
        .isEqualTo(Money.parse("0.001"));
  }

  @Property
  void isTheExactSumRoundedHalfUp(
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long price,
      @ForAll @LongRange(min = 0, max = 10_000_000) long tokens) {
    Money charge =
        new Rates(Map.of(PricedUnit.OUTPUT_TOKENS, new Money(price)))
            .charge(Map.of(PricedUnit.OUTPUT_TOKENS, tokens));
    BigDecimal exact =
        BigDecimal.valueOf(price).multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
    assertThat(charge.nanoDollars())
        .isEqualTo(exact.setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  @Property
  void readsBackWhatItWrites(@ForAll long nanoDollars) {
    Money money = new Money(nanoDollars);
    assertThat(Money.parse(money.toString())).isEqualTo(money);
    assertThat(money.toString()).matches("-?[0-9]+\\.[0-9]{2,9}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1e3", "1.", ".5", "+1", "0x1", "NaN", "0.0000000001", "10000000000", "١"})
  void refusesWhatIsNoAmount(String text) {
    assertThatThrownBy(() -> Money.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void neverWraps() {
    assertThatThrownBy(() -> new Money(Long.MAX_VALUE).plus(new Money(1)))
        .isInstanceOf(ArithmeticException.class);
  }
}
