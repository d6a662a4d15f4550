package com.ecohash.ecolink.console;

import com.ecohash.ecolink.access.ApiKey;
import com.ecohash.ecolink.access.Caller;
import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.OperatorKey;
import com.ecohash.ecolink.access.Scope;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who calls, from the bearer key, before any resource is reached. */
@Provider
@Dependent
@Priority(Priorities.AUTHENTICATION)
public final class CallerFilter implements ContainerRequestFilter {
  static final String ACCOUNT_HEADER = "X-EcoLink-Account";
  private static final String SCHEME = "Bearer ";

  private final CurrentCatalog catalog;
  private final OperatorKey operatorKey;
  private final Clock clock;

  @Inject
  public CallerFilter(CurrentCatalog catalog, OperatorKey operatorKey, Clock clock) {
    this.catalog = catalog;
    this.operatorKey = operatorKey;
    this.clock = clock;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Caller caller =
        caller(
            request.getHeaderString(HttpHeaders.AUTHORIZATION),
            request.getHeaderString(ACCOUNT_HEADER));
    request.setSecurityContext(new CallerContext(caller, request.getSecurityContext().isSecure()));
  }

  Caller caller(@Nullable String authorization, @Nullable String account) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw unauthorized("A key is needed: send the header Authorization: Bearer <key>.");
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
    if (account != null && !account.equals(key.account().toString())) {
      throw new ApiException(
          ErrorType.FORBIDDEN, "Only the operator may act for another account than its own.");
    }
    return new Caller.KeyHolder(key);
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
