package com.ecohash.ecolink.console;

import com.ecohash.ecolink.access.Caller;
import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.access.audit.AuditEvent;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.openai.ApiException;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Optional;

/** Carries the {@link Caller} from the filter to the resources, as JAX-RS carries principals. */
public final class CallerContext implements SecurityContext {
  private record CallerPrincipal(Caller caller) implements Principal {
    @Override
    public String getName() {
      if (caller instanceof Caller.KeyHolder holder) {
        return "key " + holder.key().id() + " (" + holder.key().name() + ")";
      }
      return caller instanceof Caller.Person person ? person.session().user().email() : "operator";
    }
  }

  private final CallerPrincipal principal;
  private final boolean secure;

  public CallerContext(Caller caller, boolean secure) {
    this.principal = new CallerPrincipal(caller);
    this.secure = secure;
  }

  /**
   * @throws IllegalStateException if the filter was not there
   */
  public static Caller caller(SecurityContext context) {
    if (context.getUserPrincipal() instanceof CallerPrincipal principal) {
      return principal.caller();
    }
    throw new IllegalStateException("a request that went past the filter");
  }

  /** The account whose things the caller means. */
  public static AccountId account(SecurityContext context) {
    return caller(context)
        .account()
        .orElseThrow(
            () ->
                ApiException.invalidRequest(
                    "Say for which account the operator acts: send the header "
                        + CallerFilter.ACCOUNT_HEADER
                        + ": <id>."));
  }

  /** What the caller does, for the audit log of the account that is meant. */
  public static AuditEvent event(
      SecurityContext context, Action action, String subject, String detail) {
    Optional<AccountId> account = caller(context).account();
    return new AuditEvent(account, context.getUserPrincipal().getName(), action, subject, detail);
  }

  @Override
  public Principal getUserPrincipal() {
    return principal;
  }

  @Override
  public boolean isUserInRole(String role) {
    return role.equals("operator") && principal.caller() instanceof Caller.Operator;
  }

  @Override
  public boolean isSecure() {
    return secure;
  }

  @Override
  public String getAuthenticationScheme() {
    return principal.caller() instanceof Caller.Person ? "Cookie" : "Bearer";
  }
}
