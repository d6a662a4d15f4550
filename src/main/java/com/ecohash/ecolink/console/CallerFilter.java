package com.ecohash.ecolink.console;

import com.ecohash.ecolink.access.ApiKey;
import com.ecohash.ecolink.access.Caller;
import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.OperatorKey;
import com.ecohash.ecolink.access.Scope;
import com.ecohash.ecolink.access.people.SecretToken;
import com.ecohash.ecolink.access.people.Sessions;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls before any resource is reached: from the bearer key, or from a browser's
 * session, which has to prove with its CSRF token that its own page wants a change.
 */
@Dependent
public final class CallerFilter implements ContainerRequestFilter {
  static final String ACCOUNT_HEADER = "X-EcoLink-Account";
  private static final String SCHEME = "Bearer ";
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final CurrentCatalog catalog;
  private final OperatorKey operatorKey;
  private final Clock clock;
  private final Sessions sessions;

  @Inject
  public CallerFilter(
      CurrentCatalog catalog, OperatorKey operatorKey, Clock clock, Sessions sessions) {
    this.catalog = catalog;
    this.operatorKey = operatorKey;
    this.clock = clock;
    this.sessions = sessions;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    @Nullable String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    @Nullable String account = request.getHeaderString(ACCOUNT_HEADER);
    @Nullable Cookie cookie = request.getCookies().get(SessionCookies.SESSION);
    Caller caller =
        authorization == null && cookie != null
            ? person(cookie.getValue(), request, account)
            : caller(authorization, account);
    request.setSecurityContext(new CallerContext(caller, request.getSecurityContext().isSecure()));
  }

  private Caller person(String cookie, ContainerRequestContext request, @Nullable String account) {
    @Nullable String csrf =
        SAFE.contains(request.getMethod())
            ? null
            : Optional.ofNullable(request.getHeaderString(SessionCookies.CSRF_HEADER)).orElse("");
    return person(cookie, csrf, account);
  }

  /**
   * @param csrf what came as the CSRF token; null where the call changes nothing
   */
  Caller.Person person(String cookie, @Nullable String csrf, @Nullable String account) {
    SecretToken token = SecretToken.parse(cookie).orElseThrow(CallerFilter::sessionEnded);
    Caller.Person person =
        new Caller.Person(sessions.find(token.hash()).orElseThrow(CallerFilter::sessionEnded));
    if (csrf != null && !SessionCookies.isCsrfToken(csrf, token)) {
      throw new ApiException(
          ErrorType.FORBIDDEN,
          "Send the session's csrf_token in the header "
              + SessionCookies.CSRF_HEADER
              + ": a change needs it.");
    }
    refuseOtherAccount(account, person.session().user().account());
    return person;
  }

  public static ApiException sessionEnded() {
    return unauthorized("Your session has ended; sign in again.");
  }

  Caller caller(@Nullable String authorization, @Nullable String account) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw unauthorized("Sign in, or send a key in the header Authorization: Bearer <key>.");
    }
    String text = authorization.substring(SCHEME.length()).strip();
    return operatorKey.matches(text)
        ? new Caller.Operator(actedFor(account))
        : keyHolder(text, account);
  }

  private Caller keyHolder(String text, @Nullable String account) {
    ApiKey key =
        catalog
            .get()
            .keys()
            .find(KeyHash.of(text.getBytes(StandardCharsets.UTF_8)))
            .filter(found -> !found.isExpiredAt(clock.instant()))
            .orElseThrow(
                () -> unauthorized("This key is not known, or it was revoked or has expired."));
    if (!key.scopes().contains(Scope.MANAGE)) {
      throw new ApiException(
          ErrorType.FORBIDDEN, "This key lacks the scope manage, which the management API needs.");
    }
    refuseOtherAccount(account, key.account());
    return new Caller.KeyHolder(key);
  }

  private static void refuseOtherAccount(@Nullable String account, AccountId own) {
    if (account != null && !account.equals(own.toString())) {
      throw new ApiException(
          ErrorType.FORBIDDEN, "Only the operator may act for another account than its own.");
    }
  }

  private Optional<AccountId> actedFor(@Nullable String account) {
    if (account == null) {
      return Optional.empty();
    }
    return Optional.of(
        PathIds.number(account)
            .map(AccountId::new)
            .filter(id -> catalog.get().balances().containsKey(id))
            .orElseThrow(() -> new ApiException(ErrorType.NOT_FOUND, "There is no such account.")));
  }

  private static ApiException unauthorized(String message) {
    return new ApiException(ErrorType.UNAUTHORIZED, message);
  }
}
