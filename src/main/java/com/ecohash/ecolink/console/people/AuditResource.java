package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.audit.AuditEntry;
import com.ecohash.ecolink.access.audit.AuditLog;
import com.ecohash.ecolink.console.CallerContext;
import com.ecohash.ecolink.console.OwnerOnly;
import com.ecohash.ecolink.console.Page;
import com.ecohash.ecolink.console.Queries;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who did what in an account; an operator who names no account sees everything. */
@Path("audit")
@OwnerOnly
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {
  /** An entry on the wire. */
  @Schema(name = "AuditEntry")
  public record View(
      long id, Instant at, String actor, String action, String subject, String detail) {
    static View of(AuditEntry entry) {
      return new View(
          entry.id(), entry.at(), entry.actor(), entry.action(), entry.subject(), entry.detail());
    }
  }

  private final AuditLog log;

  @Inject
  public AuditResource(AuditLog log) {
    this.log = log;
  }

  @GET
  public Page<View> list(
      @Context SecurityContext security,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limitText) {
    return Page.of(
        Queries.limit(limitText),
        many ->
            log.list(CallerContext.caller(security).account(), Queries.entryPosition(cursor), many),
        View::of,
        last -> Long.toString(last.id()));
  }
}
