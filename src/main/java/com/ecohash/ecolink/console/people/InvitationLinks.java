package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.people.SecretToken;
import com.ecohash.ecolink.console.ClientWay;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The links by which people are invited: where they lead and how long they are good. */
public final class InvitationLinks {
  /** The console's page for them, which reads the token out of the fragment. */
  private static final String PAGE = "/app/join#";

  private final ClientWay way;
  private final Clock clock;
  private final SecureRandom random;
  private final Duration ageMax;

  public InvitationLinks(ClientWay way, Clock clock, SecureRandom random, Duration ageMax) {
    this.way = way;
    this.clock = clock;
    this.random = random;
    this.ageMax = ageMax;
  }

  SecretToken newToken() {
    return SecretToken.generate(random);
  }

  Instant expiry() {
    return clock.instant().plus(ageMax);
  }

  String url(SecretToken token, HttpServletRequest request) {
    return way.base(request) + PAGE + token.text();
  }
}
