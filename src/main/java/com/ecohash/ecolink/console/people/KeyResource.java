package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.ApiKey;
import com.ecohash.ecolink.access.ApiKeyText;
import com.ecohash.ecolink.access.IssuedKey;
import com.ecohash.ecolink.access.Keys;
import com.ecohash.ecolink.access.Scope;
import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.console.Audited;
import com.ecohash.ecolink.console.AuditedAnswer;
import com.ecohash.ecolink.console.CallerContext;
import com.ecohash.ecolink.console.OwnerOnly;
import com.ecohash.ecolink.console.Page;
import com.ecohash.ecolink.console.PathIds;
import com.ecohash.ecolink.console.Queries;
import com.ecohash.ecolink.ids.KeyId;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** An account's keys. The key itself is in the answer that issues it, and never seen again. */
@Path("keys")
@Dependent
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class KeyResource {
  /**
   * A key on the wire.
   *
   * @param key the key itself, once
   */
  @Schema(name = "Key")
  public record View(
      long id,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> key,
      String name,
      String prefix,
      List<String> scopes,
      Optional<Instant> expiresAt,
      Optional<Integer> rateLimit,
      Optional<String> sourceTag,
      Instant createdAt,
      Optional<Instant> revokedAt)
      implements AuditedAnswer {

    @Override
    public Optional<String> auditId() {
      return Optional.of(Long.toString(id));
    }

    @Override
    public String auditDetail() {
      return name + ", " + String.join(" ", scopes);
    }

    static View of(IssuedKey issued, Optional<String> text) {
      ApiKey key = issued.key();
      return new View(
          key.id().value(),
          text,
          key.name(),
          issued.prefix(),
          key.scopes().stream().map(Scope::wireName).sorted().toList(),
          key.expiresAt(),
          key.rateLimit(),
          key.sourceTag(),
          issued.createdAt(),
          issued.revokedAt());
    }

    @Override
    public String toString() {
      return "View[" + id + "]"; // never the key
    }
  }

  private final Keys keys;
  private final CurrentCatalog catalog;
  private final Clock clock;
  private final SecureRandom random;

  @Inject
  public KeyResource(Keys keys, CurrentCatalog catalog, Clock clock, SecureRandom random) {
    this.keys = keys;
    this.catalog = catalog;
    this.clock = clock;
    this.random = random;
  }

  @POST
  @OwnerOnly
  @Audited(Action.KEY_ISSUED)
  @APIResponse(
      responseCode = "201",
      description = "Made.",
      content = @Content(schema = @Schema(implementation = View.class)))
  public Response issue(@Context SecurityContext security, KeyRequest request) {
    String text = ApiKeyText.generate(random);
    IssuedKey issued =
        keys.create(request.check(CallerContext.account(security), text, clock.instant()));
    catalog.refresh();
    return Response.status(Response.Status.CREATED)
        .entity(View.of(issued, Optional.of(text)))
        .build();
  }

  /**
   * @param include {@code playground} for the Playground's keys too, which usage may name
   */
  @GET
  public Page<View> list(
      @Context SecurityContext security,
      @QueryParam("include") @Nullable String include,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limitText) {
    return Page.of(
        Queries.listLimit(limitText),
        many ->
            keys.list(
                CallerContext.account(security),
                "playground".equals(include),
                Queries.entryPosition(cursor).map(KeyId::new),
                many),
        key -> View.of(key, Optional.empty()),
        last -> last.key().id().toString());
  }

  /** Revokes the key, from now on on this node and within a second on the others. */
  @DELETE
  @OwnerOnly
  @Path("{id}")
  @Audited(Action.KEY_REVOKED)
  @APIResponse(responseCode = "204", description = "Done.")
  public Response revoke(@Context SecurityContext security, @PathParam("id") String id) {
    return switch (keys.revoke(CallerContext.account(security), PathIds.key(id))) {
      case DONE -> {
        catalog.refresh();
        yield Response.noContent().build();
      }
      case DONE_BEFORE -> Response.noContent().header(Audited.REPLAYED, "true").build();
      case NOT_FOUND -> throw PathIds.notFound("key");
    };
  }
}
