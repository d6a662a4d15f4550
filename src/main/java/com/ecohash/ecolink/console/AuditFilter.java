package com.ecohash.ecolink.console;

import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.access.audit.AuditEvent;
import com.ecohash.ecolink.access.audit.AuditLog;
import com.ecohash.ecolink.ids.AccountId;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes down what one method did, if it did it. */
final class AuditFilter implements ContainerResponseFilter {
  private static final String ACCOUNTS = "admin/accounts";

  private final Action action;
  private final AuditLog log;

  AuditFilter(Action action, AuditLog log) {
    this.action = action;
    this.log = log;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() >= 300 || response.getHeaders().containsKey(Audited.REPLAYED)) {
      return;
    }
    @Nullable String id = request.getUriInfo().getPathParameters().getFirst("id");
    AuditedThing thing = AuditedThing.of(action, Optional.ofNullable(id), response.getEntity());
    AuditEvent event =
        CallerContext.event(request.getSecurityContext(), action, thing.name(), thing.detail());
    log.record(
        new AuditEvent(
            account(request, thing).or(event::account),
            event.actor(),
            action,
            event.subject(),
            event.detail()));
  }

  /** What the operator does to an account belongs into that account's log. */
  private static Optional<AccountId> account(ContainerRequestContext request, AuditedThing thing) {
    return request.getUriInfo().getPath().replaceFirst("^/", "").startsWith(ACCOUNTS)
        ? thing.id().flatMap(PathIds::number).map(AccountId::new)
        : Optional.empty();
  }
}
