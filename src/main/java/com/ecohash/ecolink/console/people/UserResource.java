package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.Role;
import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.access.people.Invitation;
import com.ecohash.ecolink.access.people.Invitations;
import com.ecohash.ecolink.access.people.SecretToken;
import com.ecohash.ecolink.access.people.User;
import com.ecohash.ecolink.access.people.Users;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.console.CallerContext;
import com.ecohash.ecolink.console.OwnerInPerson;
import com.ecohash.ecolink.console.Page;
import com.ecohash.ecolink.console.PathIds;
import com.ecohash.ecolink.console.Queries;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.UserId;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** An account's people, for everybody in it to see and for owners to change. */
@Path("users")
@Dependent
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class UserResource {
  /** A user on the wire. */
  @Schema(name = "User")
  public record View(
      long id, String email, String role, Instant createdAt, Optional<Instant> lastSignInAt) {
    static View of(User user) {
      return new View(
          user.id().value(),
          user.email(),
          user.role().wireName(),
          user.createdAt(),
          user.lastSignInAt());
    }
  }

  /** Somebody to be invited. */
  @Schema(name = "InviteRequest")
  public record InviteRequest(Optional<String> email, Optional<String> role) {}

  /** What is to change. */
  @Schema(name = "UserChange")
  public record UpdateRequest(Optional<String> role) {}

  /** An invitation on the wire, with its link this once. */
  public record Invited(Link invitation) {}

  /**
   * The link: whoever has it can join.
   *
   * @param url its token is behind the {@code #}, which no server and no log sees
   */
  public record Link(long id, String url, Instant expiresAt) {
    @Override
    public String toString() {
      return "Link[" + id + "]"; // never the token
    }
  }

  private final Users users;
  private final Invitations invitations;
  private final InvitationLinks links;
  private final CurrentCatalog catalog;

  @Inject
  public UserResource(
      Users users, Invitations invitations, InvitationLinks links, CurrentCatalog catalog) {
    this.users = users;
    this.invitations = invitations;
    this.links = links;
    this.catalog = catalog;
  }

  @GET
  public Page<View> list(
      @Context SecurityContext security,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limitText) {
    return Page.of(
        Queries.listLimit(limitText),
        many ->
            users.list(
                CallerContext.account(security),
                Queries.entryPosition(cursor).map(UserId::new),
                many),
        View::of,
        last -> last.id().toString());
  }

  @POST
  @OwnerInPerson
  @APIResponse(
      responseCode = "201",
      description = "Invited.",
      content = @Content(schema = @Schema(implementation = Invited.class)))
  public Response invite(
      @Context SecurityContext security, @Context HttpServletRequest http, InviteRequest request) {
    AccountId account = CallerContext.account(security);
    String email = new EmailMember("email", request.email()).required();
    Role role = role(request.role().or(() -> Optional.of(Role.MEMBER.wireName())));
    SecretToken token = links.newToken();
    Invitations.Made made =
        invitations.create(
            new Invitation.Draft(account, email, role, security.getUserPrincipal().getName()),
            token.hash(),
            links.expiry(),
            CallerContext.event(security, Action.USER_INVITED, email, "as " + role.wireName()));
    if (made instanceof Invitations.Made.Invited invited) {
      Link link =
          new Link(
              invited.invitation().id().value(),
              links.url(token, http),
              invited.invitation().expiresAt());
      return Response.status(Response.Status.CREATED).entity(new Invited(link)).build();
    }
    throw notInvited(made);
  }

  private static ApiException notInvited(Invitations.Made made) {
    if (made instanceof Invitations.Made.TooMany tooMany) {
      return new ApiException(
          ErrorType.CONFLICT,
          "There are " + tooMany.max() + " open invitations already; revoke some of them first.");
    }
    return new ApiException(
            ErrorType.CONFLICT, "Somebody with this e-mail address is in the account already.")
        .withParam("email");
  }

  @PATCH
  @Path("{id}")
  @OwnerInPerson
  public View update(
      @Context SecurityContext security, @PathParam("id") String id, UpdateRequest request) {
    AccountId account = CallerContext.account(security);
    UserId user = PathIds.user(id);
    Role role = role(request.role());
    refuseUnlessDone(
        users.changeRole(
            account,
            user,
            role,
            CallerContext.event(
                security, Action.ROLE_CHANGED, "user " + user, "to " + role.wireName())));
    return users.find(account, user).map(View::of).orElseThrow(() -> PathIds.notFound("user"));
  }

  @DELETE
  @Path("{id}")
  @OwnerInPerson
  @APIResponse(responseCode = "204", description = "Done.")
  public Response remove(@Context SecurityContext security, @PathParam("id") String id) {
    AccountId account = CallerContext.account(security);
    UserId user = PathIds.user(id);
    String email =
        users.find(account, user).map(User::email).orElseThrow(() -> PathIds.notFound("user"));
    refuseUnlessDone(
        users.remove(
            account,
            user,
            CallerContext.event(security, Action.USER_REMOVED, "user " + user, email)));
    catalog.refresh(); // the Playground's keys ended too
    return Response.noContent().build();
  }

  private static Role role(Optional<String> name) {
    return name.flatMap(Role::ofWireName)
        .orElseThrow(
            () -> ApiException.invalidRequest("role", "The member role is owner or member."));
  }

  private static void refuseUnlessDone(Users.Change change) {
    switch (change) {
      case DONE -> {}
      case NOT_FOUND -> throw PathIds.notFound("user");
      case LAST_OWNER ->
          throw new ApiException(
              ErrorType.CONFLICT,
              "This is the account's last owner; make somebody else an owner first.");
    }
  }
}
