package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.Account;
import com.ecohash.ecolink.access.Accounts;
import com.ecohash.ecolink.access.people.Invitation;
import com.ecohash.ecolink.access.people.Invitations;
import com.ecohash.ecolink.access.people.Joining;
import com.ecohash.ecolink.access.people.PasswordRules;
import com.ecohash.ecolink.access.people.SecretToken;
import com.ecohash.ecolink.console.Open;
import com.ecohash.ecolink.console.TextMember;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * Shows an invitation to whoever has its link, and takes them in. The link's token comes in the
 * body, as logs have paths.
 */
@Path("join")
@Dependent
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class JoinResource {
  /** What an invited person sees. */
  @Schema(name = "Invitation")
  public record View(String email, String accountName, String role, Instant expiresAt) {}

  /** Which invitation. */
  public record InvitationLink(Optional<String> token) {
    @Override
    public String toString() {
      return "InvitationLink[…]"; // never the token
    }
  }

  /** Which invitation, and the password that the invited person chose. */
  public record JoinRequest(Optional<String> token, Optional<String> password) {
    @Override
    public String toString() {
      return "JoinRequest[…]"; // never the token and the password
    }
  }

  /** What is longer is not looked at; what is no token leads nowhere. */
  private static final int TOKEN_LENGTH_MAX = 1_000;

  private final Invitations invitations;
  private final Accounts accounts;
  private final Joining joining;
  private final SignInAnswers answers;

  @Inject
  public JoinResource(
      Invitations invitations, Accounts accounts, Joining joining, SignInAnswers answers) {
    this.invitations = invitations;
    this.accounts = accounts;
    this.joining = joining;
    this.answers = answers;
  }

  @POST
  @Path("invitation")
  @Open
  public View find(InvitationLink link) {
    Invitation invitation =
        invitations.find(token(link.token()).hash()).orElseThrow(JoinResource::gone);
    Invitation.Draft draft = invitation.draft();
    String account = accounts.find(draft.account()).map(Account::name).orElse("");
    return new View(draft.email(), account, draft.role().wireName(), invitation.expiresAt());
  }

  @POST
  @Open
  @APIResponse(
      responseCode = "200",
      description = "Signed in.",
      content = @Content(schema = @Schema(implementation = SessionView.class)))
  public Response join(@Context HttpServletRequest http, JoinRequest request) {
    String password =
        new TextMember("password", request.password()).required(PasswordRules.LENGTH_MAX);
    Joining.Outcome outcome = joining.join(token(request.token()).hash(), password);
    if (outcome instanceof Joining.Outcome.Joined joined) {
      return answers.answer(joined.signIn(), "", http);
    }
    throw refusal(outcome);
  }

  private static ApiException refusal(Joining.Outcome outcome) {
    if (outcome instanceof Joining.Outcome.PasswordRefused refused) {
      return ApiException.invalidRequest("password", refused.sentence());
    }
    if (outcome instanceof Joining.Outcome.AddressTaken) {
      return new ApiException(
          ErrorType.CONFLICT,
          "There is a user with this e-mail address already, and one belongs to one account only;"
              + " sign in, or ask for an invitation to another address.");
    }
    return outcome instanceof Joining.Outcome.Busy ? SignInAnswers.busy() : gone();
  }

  private static SecretToken token(Optional<String> text) {
    return SecretToken.parse(new TextMember("token", text).required(TOKEN_LENGTH_MAX))
        .orElseThrow(JoinResource::gone);
  }

  private static ApiException gone() {
    return new ApiException(
        ErrorType.NOT_FOUND,
        "This invitation was used, was revoked or has expired; ask for another one.");
  }
}
