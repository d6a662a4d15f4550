package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.access.people.Invitation;
import com.ecohash.ecolink.access.people.Invitations;
import com.ecohash.ecolink.console.CallerContext;
import com.ecohash.ecolink.console.OwnerInPerson;
import com.ecohash.ecolink.console.Page;
import com.ecohash.ecolink.console.PathIds;
import com.ecohash.ecolink.console.Queries;
import com.ecohash.ecolink.ids.InvitationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The open invitations of an account. Their links are not among what can be read. */
@Path("invitations")
@OwnerInPerson
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public final class InvitationResource {
  /** An invitation on the wire. */
  @Schema(name = "OpenInvitation")
  public record View(
      long id, String email, String role, String invitedBy, Instant createdAt, Instant expiresAt) {
    static View of(Invitation invitation) {
      Invitation.Draft draft = invitation.draft();
      return new View(
          invitation.id().value(),
          draft.email(),
          draft.role().wireName(),
          draft.invitedBy(),
          invitation.createdAt(),
          invitation.expiresAt());
    }
  }

  private final Invitations invitations;

  @Inject
  public InvitationResource(Invitations invitations) {
    this.invitations = invitations;
  }

  @GET
  public Page<View> list(
      @Context SecurityContext security,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limitText) {
    return Page.of(
        Queries.listLimit(limitText),
        many ->
            invitations.list(
                CallerContext.account(security),
                Queries.entryPosition(cursor).map(InvitationId::new),
                many),
        View::of,
        last -> last.id().toString());
  }

  @DELETE
  @Path("{id}")
  @APIResponse(responseCode = "204", description = "Done.")
  public Response revoke(@Context SecurityContext security, @PathParam("id") String id) {
    InvitationId invitation = PathIds.invitation(id);
    if (!invitations.revoke(
        CallerContext.account(security),
        invitation,
        CallerContext.event(security, Action.INVITATION_REVOKED, "invitation " + invitation, ""))) {
      throw PathIds.notFound("invitation");
    }
    return Response.noContent().build();
  }
}
