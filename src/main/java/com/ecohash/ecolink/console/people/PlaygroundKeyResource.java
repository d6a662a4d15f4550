package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.ApiKeyText;
import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.people.PlaygroundKeys;
import com.ecohash.ecolink.access.people.Session;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.console.CallerFilter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Gives a signed-in browser a short-lived key for the data plane. It ends with the session. */
@Path("session/playground-key")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public final class PlaygroundKeyResource {
  private static final Duration LIFE = Duration.ofHours(1);
  private static final int PREFIX_LENGTH = 8;

  /** The key on the wire, once. */
  @Schema(name = "PlaygroundKey")
  public record View(String key, Instant expiresAt) {
    @Override
    public String toString() {
      return "View[" + expiresAt + "]"; // never the key
    }
  }

  private final PlaygroundKeys keys;
  private final CurrentCatalog catalog;
  private final Clock clock;
  private final SecureRandom random;

  @Inject
  public PlaygroundKeyResource(
      PlaygroundKeys keys, CurrentCatalog catalog, Clock clock, SecureRandom random) {
    this.keys = keys;
    this.catalog = catalog;
    this.clock = clock;
    this.random = random;
  }

  @POST
  @APIResponse(
      responseCode = "201",
      description = "Made.",
      content = @Content(schema = @Schema(implementation = View.class)))
  public Response issue(@Context SecurityContext security) {
    Session session = SessionResource.signedIn(security);
    String text = ApiKeyText.generate(random);
    Instant end = clock.instant().plus(LIFE);
    Instant expiresAt = end.isBefore(session.expiresAt()) ? end : session.expiresAt();
    KeyHash hash = KeyHash.of(text.getBytes(StandardCharsets.UTF_8));
    if (!keys.issue(session, hash, text.substring(0, PREFIX_LENGTH), expiresAt)) {
      throw CallerFilter.sessionEnded();
    }
    catalog.refresh();
    return Response.status(Response.Status.CREATED).entity(new View(text, expiresAt)).build();
  }
}
