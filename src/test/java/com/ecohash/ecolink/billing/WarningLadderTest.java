package com.ecohash.ecolink.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.money.Money;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WarningLadderTest {
  /** A dollar a minute. */
  private static final Burn BURN = new Burn(Money.parse("40"), Money.parse("20"));

  private static BalanceWarning warning(int minutes, String balance) {
    return new BalanceWarning(
        minutes, Money.parse(balance), BURN.perHour(), Instant.parse("2026-11-23T12:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({"60,60", "59.9,60", "30.1,60", "30,30", "10,10", "5,5", "0.1,5", "0,0", "-3,0"})
  void warnsOfTheLowestStepThatIsReached(String balance, int step) {
    assertThat(WarningLadder.next(List.of(), Money.parse(balance), BURN)).contains(step);
  }

  @Test
  void warnsOfNothingHigherThanWhatStands() {
    List<BalanceWarning> standing = List.of(warning(10, "9"));
    assertThat(WarningLadder.next(standing, Money.parse("9"), BURN)).isEmpty();
    assertThat(WarningLadder.next(standing, Money.parse("25"), BURN)).isEmpty();
    assertThat(WarningLadder.next(standing, Money.parse("4"), BURN)).contains(5);
  }

  @Test
  void warnsOfNothingWhileNothingIsSpent() {
    assertThat(WarningLadder.next(List.of(), Money.parse("0.01"), Burn.NONE)).isEmpty();
  }

  @Test
  void onlyARisenBalanceMakesAWarningFall() {
    Burn less = new Burn(Money.parse("1"), Money.ZERO);
    assertThat(WarningLadder.stands(warning(10, "9"), Money.parse("9"), less)).isTrue();
    assertThat(WarningLadder.stands(warning(10, "9"), Money.parse("9.5"), BURN)).isTrue();
    assertThat(WarningLadder.stands(warning(10, "9"), Money.parse("20"), BURN)).isFalse();
    assertThat(WarningLadder.stands(warning(10, "9"), Money.parse("9"), Burn.NONE)).isFalse();
    assertThat(WarningLadder.stands(warning(0, "-1"), Money.parse("-1"), Burn.NONE)).isTrue();
    assertThat(WarningLadder.stands(warning(0, "-1"), Money.parse("0.01"), BURN)).isFalse();
  }
}
