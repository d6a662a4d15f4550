package com.ecohash.ecolink.console;

import com.ecohash.ecolink.access.people.KnownDevices;
import com.ecohash.ecolink.access.people.SecretToken;
import com.ecohash.ecolink.access.people.SignIn;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of signing in, and the CSRF token that goes with a session. Scripts cannot read them,
 * other sites' pages do not send them, and where the browser speaks HTTPS they go over it alone.
 */
public final class SessionCookies {
  public static final String SESSION = "ecolink_session";
  public static final String DEVICE = "ecolink_device";
  static final String CSRF_HEADER = "X-CSRF-Token";
  private static final String CSRF_PURPOSE = "csrf";

  private final ClientWay way;
  private final Clock clock;

  public SessionCookies(ClientWay way, Clock clock) {
    this.way = way;
    this.clock = clock;
  }

  /** For {@code Set-Cookie}. */
  public String session(SignIn.Accepted accepted, HttpServletRequest request) {
    Duration left = Duration.between(clock.instant(), accepted.session().expiresAt());
    return cookie(SESSION, accepted.token().text(), left, request);
  }

  /** For {@code Set-Cookie}. */
  public String device(SignIn.Accepted accepted, HttpServletRequest request) {
    return cookie(DEVICE, accepted.device().text(), KnownDevices.KEPT, request);
  }

  /** For {@code Set-Cookie}: the browser forgets its session. */
  public String noSession(HttpServletRequest request) {
    return cookie(SESSION, "", Duration.ZERO, request);
  }

  /** For {@code Set-Cookie}. */
  public String cookie(String name, String value, Duration age, HttpServletRequest request) {
    return name
        + "="
        + value
        + "; Path=/; Max-Age="
        + Math.max(0, age.toSeconds())
        + "; HttpOnly; SameSite=Lax"
        + (way.isHttps(request) ? "; Secure" : "");
  }

  /** What a cookie holds, if it can be one of ours. */
  public static Optional<SecretToken> token(@Nullable String cookie) {
    return Optional.ofNullable(cookie).flatMap(SecretToken::parse);
  }

  public static String csrfToken(SecretToken session) {
    return session.derive(CSRF_PURPOSE);
  }

  static boolean isCsrfToken(@Nullable String sent, SecretToken session) {
    return sent != null
        && MessageDigest.isEqual(
            sent.getBytes(StandardCharsets.UTF_8),
            csrfToken(session).getBytes(StandardCharsets.UTF_8));
  }
}
