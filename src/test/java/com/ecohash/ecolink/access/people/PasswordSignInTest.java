package com.ecohash.ecolink.access.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.access.NewAccount;
import com.ecohash.ecolink.access.PasswordHasher;
import com.ecohash.ecolink.access.audit.AuditEntry;
import com.ecohash.ecolink.persistence.Database;
import com.ecohash.ecolink.persistence.JpaAccounts;
import com.ecohash.ecolink.persistence.JpaAuditLog;
import com.ecohash.ecolink.persistence.JpaKnownDevices;
import com.ecohash.ecolink.persistence.JpaSessions;
import com.ecohash.ecolink.persistence.JpaSignInGuard;
import com.ecohash.ecolink.persistence.JpaUsers;
import com.ecohash.ecolink.persistence.TestingDatabase;
import com.ecohash.ecolink.testing.MovableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who gets in, who waits, and for how long; two nodes count together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PasswordSignInTest {
  private static final String PASSWORD = "correct horse";

  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final Database database = TestingDatabase.H2_MEMORY.open();
  private final PasswordHasher hasher = new PasswordHasher();
  private final String hash = hasher.hash(PASSWORD);
  private final JpaAuditLog audit = new JpaAuditLog(database, clock);
  private final PasswordSignIn node = node();
  private final PasswordSignIn otherNode = node();

  private PasswordSignIn node() {
    return new PasswordSignIn(
        new PasswordSignIn.Stores(
            new JpaUsers(database, clock),
            new JpaSessions(
                database, clock, new SessionTimes(Duration.ofHours(1), Duration.ofHours(8))),
            new JpaSignInGuard(database, clock),
            new JpaKnownDevices(database, clock),
            audit),
        new BoundedHashing(hasher, 2),
        new SecureRandom());
  }

  @AfterAll
  void close() {
    database.close();
  }

  private String user() {
    String email = UUID.randomUUID() + "@example.com";
    assertThat(new JpaAccounts(database, clock).create(new NewAccount("Acme", email, hash)))
        .isPresent();
    return email;
  }

  private static String address() {
    int random = UUID.randomUUID().hashCode();
    return "10." + (random & 255) + "." + (random >> 8 & 255) + "." + (random >> 16 & 255);
  }

  private static PasswordSignIn.Attempt attempt(String email, String password, String address) {
    return new PasswordSignIn.Attempt(email, password, address, Optional.empty());
  }

  @Test
  void takesTheRightPassword() {
    String email = user();
    assertThat(node.signIn(attempt(" " + email.toUpperCase() + " ", PASSWORD, address())))
        .isInstanceOf(SignIn.Accepted.class);
    assertThat(node.signIn(attempt(email, "wrong horse", address())))
        .isInstanceOf(SignIn.Refused.class);
    assertThat(node.signIn(attempt("nobody-" + email, PASSWORD, address())))
        .isInstanceOf(SignIn.Refused.class);
  }

  @Test
  void slowsGuessingToACrawlOverAllNodesAndAddresses() {
    String email = user();
    Instant begin = clock.instant();
    int guesses = 0;
    while (guesses < 100) {
      PasswordSignIn any = guesses % 2 == 0 ? node : otherNode;
      SignIn outcome = any.signIn(attempt(email, "guess " + guesses, address()));
      if (outcome instanceof SignIn.Delayed delayed) {
        assertThat(delayed.delay()).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(15));
        clock.advance(delayed.delay());
      } else {
        assertThat(outcome).isInstanceOf(SignIn.Refused.class);
        guesses++;
      }
    }
    // 100 guesses took most of a day; a thousand take ten.
    assertThat(Duration.between(begin, clock.instant())).isGreaterThan(Duration.ofHours(20));
    SignIn owner = node.signIn(attempt(email, PASSWORD, address()));
    assertThat(owner).isInstanceOf(SignIn.Delayed.class);
    clock.advance(Duration.ofMinutes(15));
    assertThat(node.signIn(attempt(email, PASSWORD, address())))
        .isInstanceOf(SignIn.Accepted.class);
  }

  @Test
  void doesNotKeepTheOwnerOutOfAKnownBrowser() {
    String email = user();
    SignIn.Accepted before = (SignIn.Accepted) node.signIn(attempt(email, PASSWORD, address()));
    String attacker = address();
    for (int i = 0; i < 50; i++) {
      node.signIn(attempt(email, "guess " + i, attacker));
    }
    assertThat(node.signIn(attempt(email, PASSWORD, address()))).isInstanceOf(SignIn.Delayed.class);
    SignIn again =
        otherNode.signIn(
            new PasswordSignIn.Attempt(email, PASSWORD, attacker, Optional.of(before.device())));
    assertThat(again).isInstanceOf(SignIn.Accepted.class);
    assertThat(((SignIn.Accepted) again).device().text()).isEqualTo(before.device().text());
  }

  @Test
  void countsAStolenDeviceToo() {
    String email = user();
    SignIn.Accepted before = (SignIn.Accepted) node.signIn(attempt(email, PASSWORD, address()));
    SignIn last = new SignIn.Refused();
    for (int i = 0; i < 8 && last instanceof SignIn.Refused; i++) {
      last =
          node.signIn(
              new PasswordSignIn.Attempt(
                  email, "guess " + i, address(), Optional.of(before.device())));
    }
    assertThat(last).isInstanceOf(SignIn.Delayed.class);
    // Another user's device is nobody's here.
    String other = user();
    for (int i = 0; i < 8; i++) {
      last =
          node.signIn(
              new PasswordSignIn.Attempt(
                  other, "guess " + i, address(), Optional.of(before.device())));
    }
    assertThat(last).isInstanceOf(SignIn.Delayed.class);
    assertThat(node.signIn(attempt(other, PASSWORD, address()))).isInstanceOf(SignIn.Delayed.class);
  }

  @Test
  void countsAnAddressThatTriesManyPeople() {
    String attacker = address();
    List<SignIn> outcomes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      outcomes.add(node.signIn(attempt("somebody-" + i + "@example.com", "password", attacker)));
    }
    assertThat(outcomes).filteredOn(outcome -> outcome instanceof SignIn.Refused).hasSize(51);
    // An account of the attacker's own clears nothing.
    String own = user();
    clock.advance(Duration.ofSeconds(2));
    assertThat(node.signIn(attempt(own, PASSWORD, attacker))).isInstanceOf(SignIn.Accepted.class);
    assertThat(node.signIn(attempt("next@example.com", "password", attacker)))
        .isInstanceOf(SignIn.Refused.class);
    assertThat(node.signIn(attempt("after@example.com", "password", attacker)))
        .isInstanceOf(SignIn.Delayed.class);
  }

  @Test
  void countsAttemptsThatComeAtOnce() throws Exception {
    String email = user();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<SignIn>> results = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String guess = "guess " + i;
        results.add(threads.submit(() -> node.signIn(attempt(email, guess, address()))));
      }
      int lookedAt = 0;
      for (Future<SignIn> result : results) {
        lookedAt += result.get() instanceof SignIn.Refused ? 1 : 0;
      }
      assertThat(lookedAt).isLessThanOrEqualTo(6);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void forgivesAfterADay() {
    String email = user();
    for (int i = 0; i < 7; i++) {
      node.signIn(attempt(email, "guess " + i, address()));
    }
    clock.advance(GuardSubject.MEMORY.plusSeconds(1));
    for (int i = 0; i < 5; i++) {
      assertThat(node.signIn(attempt(email, "guess " + i, address())))
          .isInstanceOf(SignIn.Refused.class);
    }
    assertThat(node.signIn(attempt(email, PASSWORD, address())))
        .isInstanceOf(SignIn.Accepted.class);
  }

  @Test
  void writesDownWhoCameInAndWhoDidNot() {
    String email = user();
    node.signIn(attempt(email, PASSWORD, "10.9.8.7"));
    node.signIn(attempt(email, "wrong horse", "10.9.8.7"));
    assertThat(audit.list(Optional.empty(), Optional.empty(), 1_000))
        .filteredOn(entry -> entry.actor().equals(email))
        .extracting(AuditEntry::action)
        .containsExactly("sign_in_failed", "signed_in");
    assertThat(audit.list(Optional.empty(), Optional.empty(), 1_000).toString())
        .doesNotContain(PASSWORD)
        .doesNotContain("wrong horse");
  }
}
