package com.ecohash.ecolink.access.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class GuardSubjectTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void doublesTheDelayUpToAQuarterOfAnHour() {
    GuardSubject subject = GuardSubject.ofEmail("a@example.com");
    assertThat(subject.blockedUntil(5, NOW)).isEmpty();
    assertThat(subject.blockedUntil(6, NOW)).contains(NOW.plusSeconds(1));
    assertThat(subject.blockedUntil(7, NOW)).contains(NOW.plusSeconds(2));
    assertThat(subject.blockedUntil(15, NOW)).contains(NOW.plusSeconds(512));
    assertThat(subject.blockedUntil(16, NOW)).contains(NOW.plusSeconds(900));
    assertThat(subject.blockedUntil(Integer.MAX_VALUE, NOW)).contains(NOW.plusSeconds(900));
  }

  @Test
  void countsAnIpv6NetworkAsOne() {
    assertThat(GuardSubject.ofAddress("2001:db8:0:1:0:0:0:1"))
        .isEqualTo(GuardSubject.ofAddress("2001:db8:0:1:ffff:ffff:ffff:ffff"))
        .isNotEqualTo(GuardSubject.ofAddress("2001:db8:0:2:0:0:0:1"));
    assertThat(GuardSubject.ofAddress("192.0.2.1"))
        .isNotEqualTo(GuardSubject.ofAddress("192.0.2.2"));
  }

  @Test
  void fitsItsColumn() {
    assertThat(GuardSubject.ofEmail("a".repeat(300)).key()).hasSizeLessThanOrEqualTo(80);
    assertThat(GuardSubject.ofAddress("2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff").key())
        .hasSizeLessThanOrEqualTo(80);
  }

  @Test
  void wantsPasswordsThatAreLongEnoughAndNothingElse() {
    assertThat(PasswordRules.fault("all small", "a@example.com")).isEmpty();
    assertThat(PasswordRules.fault("seven77", "a@example.com")).isPresent();
    assertThat(PasswordRules.fault("\uD83D\uDC34".repeat(7), "a@example.com")).isPresent();
    assertThat(PasswordRules.fault("x".repeat(1_001), "a@example.com")).isPresent();
    assertThat(PasswordRules.fault("aaaaaaaaaa", "a@example.com")).isPresent();
    assertThat(PasswordRules.fault("A@example.com", "a@example.com")).isPresent();
  }
}
