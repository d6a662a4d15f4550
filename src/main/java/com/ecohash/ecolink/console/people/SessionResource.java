package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.Caller;
import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.access.people.PasswordSignIn;
import com.ecohash.ecolink.access.people.Session;
import com.ecohash.ecolink.access.people.Sessions;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.console.CallerContext;
import com.ecohash.ecolink.console.ClientWay;
import com.ecohash.ecolink.console.Open;
import com.ecohash.ecolink.console.SessionCookies;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Signs people in with a password, tells a browser who is signed in, and signs them out. */
@Path("session")
@Dependent
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class SessionResource {
  private final PasswordSignIn signIn;
  private final Sessions sessions;
  private final SignInAnswers answers;
  private final ClientWay way;
  private final CurrentCatalog catalog;

  @Inject
  public SessionResource(
      PasswordSignIn signIn,
      Sessions sessions,
      SignInAnswers answers,
      ClientWay way,
      CurrentCatalog catalog) {
    this.signIn = signIn;
    this.sessions = sessions;
    this.answers = answers;
    this.way = way;
    this.catalog = catalog;
  }

  /** One sentence for every reason: it does not tell whether there is such an address. */
  @POST
  @Open
  @APIResponse(
      responseCode = "200",
      description = "Signed in.",
      content = @Content(schema = @Schema(implementation = SessionView.class)))
  public Response signIn(
      @Context HttpServletRequest http,
      @CookieParam(SessionCookies.DEVICE) @Nullable String device,
      SignInRequest request) {
    PasswordSignIn.Attempt attempt = request.check(way.address(http), SessionCookies.token(device));
    return answers.answer(
        signIn.signIn(attempt), "The e-mail address or the password is wrong.", http);
  }

  @GET
  public SessionView session(
      @Context SecurityContext security,
      @CookieParam(SessionCookies.SESSION) @Nullable String cookie) {
    return answers.view(
        signedIn(security),
        SessionCookies.token(cookie).orElseThrow(SessionResource::nobodyIsSignedIn));
  }

  @DELETE
  @APIResponse(responseCode = "204", description = "Signed out.")
  public Response signOut(
      @Context SecurityContext security,
      @Context HttpServletRequest http,
      @QueryParam("everywhere") @DefaultValue("false") boolean everywhere) {
    Session session = signedIn(security);
    String subject = "user " + session.user().id();
    if (everywhere) {
      sessions.endAll(
          session.user().id(),
          CallerContext.event(security, Action.SIGNED_OUT_EVERYWHERE, subject, ""));
    } else {
      sessions.end(session, CallerContext.event(security, Action.SIGNED_OUT, subject, ""));
    }
    catalog.refresh(); // the Playground's keys ended too
    return answers.signedOut(http);
  }

  /**
   * The caller's session.
   *
   * @throws ApiException 401 if it is a key that calls
   */
  static Session signedIn(SecurityContext security) {
    if (CallerContext.caller(security) instanceof Caller.Person person) {
      return person.session();
    }
    throw nobodyIsSignedIn();
  }

  private static ApiException nobodyIsSignedIn() {
    return new ApiException(
        ErrorType.UNAUTHORIZED, "Nobody is signed in: this is for people, not for keys.");
  }
}
