package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.people.PasswordChange;
import com.ecohash.ecolink.access.people.PasswordRules;
import com.ecohash.ecolink.access.people.SignIn;
import com.ecohash.ecolink.access.people.User;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.console.TextMember;
import com.ecohash.ecolink.openai.ApiException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Changes one's own password. It ends all sessions, and begins a new one for this browser. */
@Path("session/password")
@Dependent
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class PasswordResource {
  /** The old password and the new one. */
  public record ChangeRequest(Optional<String> oldPassword, Optional<String> newPassword) {
    @Override
    public String toString() {
      return "ChangeRequest[…]"; // never a password
    }
  }

  private final PasswordChange passwords;
  private final SignInAnswers answers;
  private final CurrentCatalog catalog;

  @Inject
  public PasswordResource(PasswordChange passwords, SignInAnswers answers, CurrentCatalog catalog) {
    this.passwords = passwords;
    this.answers = answers;
    this.catalog = catalog;
  }

  @PUT
  @APIResponse(
      responseCode = "200",
      description = "Changed; signed in anew.",
      content = @Content(schema = @Schema(implementation = SessionView.class)))
  public Response change(
      @Context SecurityContext security, @Context HttpServletRequest http, ChangeRequest request) {
    User user = SessionResource.signedIn(security).user();
    String old = password("old_password", request.oldPassword());
    String fresh = password("new_password", request.newPassword());
    PasswordRules.fault(fresh, user.email())
        .ifPresent(
            fault -> {
              throw ApiException.invalidRequest("new_password", fault);
            });
    SignIn outcome = passwords.change(user, old, fresh);
    if (outcome instanceof SignIn.Refused) {
      throw ApiException.invalidRequest("old_password", "The old password is wrong.");
    }
    catalog.refresh(); // the Playground's keys ended too
    return answers.answer(outcome, "", http);
  }

  private static String password(String name, Optional<String> value) {
    return new TextMember(name, value).required(PasswordRules.LENGTH_MAX);
  }
}
