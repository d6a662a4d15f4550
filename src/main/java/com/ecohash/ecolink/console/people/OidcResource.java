package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.oidc.Identified;
import com.ecohash.ecolink.access.oidc.Trouble;
import com.ecohash.ecolink.access.people.Proof;
import com.ecohash.ecolink.access.people.SecretToken;
import com.ecohash.ecolink.access.people.SignIn;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.console.Open;
import com.ecohash.ecolink.console.PathIds;
import com.ecohash.ecolink.console.SessionCookies;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads browsers to the provider and takes them back. Errors are told on the sign-in page. */
@Path("session/oidc")
@Dependent
public final class OidcResource {
  static final String PATH = "/api/session/oidc";
  private static final Logger LOG = LoggerFactory.getLogger(OidcResource.class);
  private static final String COOKIE = "ecolink_oidc";
  private static final String HOME = "/app/instances";
  private static final Duration TIME_TO_SIGN_IN = Duration.ofMinutes(15);

  /** Pages of the console, never another site. */
  private static final Pattern PAGE =
      Pattern.compile("/app/[a-z-]+(\\?([A-Za-z0-9_.~&=:-]|%[0-9A-Fa-f]{2})*)?");

  private final OidcParts parts;
  private final SignInAnswers answers;
  private final SessionCookies cookies;
  private final CurrentCatalog catalog;
  private final SecureRandom random;

  @Inject
  public OidcResource(
      OidcParts parts,
      SignInAnswers answers,
      SessionCookies cookies,
      CurrentCatalog catalog,
      SecureRandom random) {
    this.parts = parts;
    this.answers = answers;
    this.cookies = cookies;
    this.catalog = catalog;
    this.random = random;
  }

  /** To the provider. The browser keeps the secret of this attempt, and where it wants to go. */
  @GET
  @Open
  @APIResponse(responseCode = "303", description = "To the provider.")
  public Response begin(
      @Context HttpServletRequest http, @QueryParam("next") @Nullable String next) {
    OidcParts.Enabled oidc = enabled();
    SecretToken attempt = SecretToken.generate(random);
    return oidc.client()
        .begin(attempt, callback(oidc, http))
        .map(
            there ->
                Response.seeOther(there)
                    .header(
                        HttpHeaders.SET_COOKIE,
                        cookies.cookie(
                            COOKIE, attempt.text() + encoded(page(next)), TIME_TO_SIGN_IN, http)))
        .orElseGet(() -> unavailable(oidc, "it publishes nothing that can be read", http))
        .build();
  }

  @GET
  @Path("callback")
  @Open
  @APIResponse(responseCode = "303", description = "To the console, signed in or told why not.")
  public Response finish(
      @Context HttpServletRequest http, @CookieParam(COOKIE) @Nullable String cookie) {
    OidcParts.Enabled oidc = enabled();
    Optional<SecretToken> attempt = attempt(cookie);
    Identified identified =
        attempt
            .map(secret -> oidc.client().finish(secret, callback(oidc, http), answer(oidc, http)))
            .orElseGet(OidcResource::tooLate);
    Response.ResponseBuilder response;
    if (identified instanceof Identified.Person person) {
      response = signedIn(oidc, person, nextOf(cookie), http);
    } else if (identified instanceof Identified.Refused refused) {
      LOG.warn("A sign-in at {} was refused: {}.", oidc.name(), refused.reason());
      response = signInPage(refused.trouble(), oidc, http);
    } else {
      response = unavailable(oidc, ((Identified.Unavailable) identified).reason(), http);
    }
    return response
        .header(HttpHeaders.SET_COOKIE, cookies.cookie(COOKIE, "", Duration.ZERO, http))
        .build();
  }

  private Response.ResponseBuilder signedIn(
      OidcParts.Enabled oidc, Identified.Person person, String next, HttpServletRequest http) {
    SignIn outcome =
        oidc.signIn()
            .signIn(
                new Proof.Provider(person.issuer(), person.subject()),
                person.email(),
                oidc.way().address(http));
    if (outcome instanceof SignIn.Accepted accepted) {
      catalog.refresh(); // it may have made an account
      return answers.withCookies(
          Response.seeOther(URI.create(oidc.way().base(http) + next)), accepted, http);
    }
    return signInPage(Trouble.UNINVITED, oidc, http);
  }

  private static Response.ResponseBuilder unavailable(
      OidcParts.Enabled oidc, String reason, HttpServletRequest http) {
    LOG.warn("{} cannot be used to sign in: {}.", oidc.name(), reason);
    return signInPage(Trouble.UNAVAILABLE, oidc, http);
  }

  private static Response.ResponseBuilder signInPage(
      Trouble trouble, OidcParts.Enabled oidc, HttpServletRequest http) {
    return Response.seeOther(
        URI.create(oidc.way().base(http) + "/app/sign-in?error=" + trouble.code()));
  }

  private static Identified tooLate() {
    return new Identified.Refused("no cookie of an attempt", Trouble.LATE);
  }

  private OidcParts.Enabled enabled() {
    return parts.enabled().orElseThrow(() -> PathIds.notFound("provider to sign in at"));
  }

  private static URI callback(OidcParts.Enabled oidc, HttpServletRequest http) {
    return URI.create(oidc.way().base(http) + PATH + "/callback");
  }

  private static URI answer(OidcParts.Enabled oidc, HttpServletRequest http) {
    @Nullable String query = http.getQueryString();
    return URI.create(callback(oidc, http) + "?" + (query == null ? "" : query));
  }

  private static Optional<SecretToken> attempt(@Nullable String cookie) {
    return Optional.ofNullable(cookie)
        .filter(text -> text.length() >= SecretToken.LENGTH)
        .flatMap(text -> SecretToken.parse(text.substring(0, SecretToken.LENGTH)));
  }

  private static String nextOf(@Nullable String cookie) {
    if (cookie == null || cookie.length() < SecretToken.LENGTH) {
      return HOME;
    }
    try {
      return page(URLDecoder.decode(cookie.substring(SecretToken.LENGTH), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) { // not as we wrote it
      return HOME;
    }
  }

  private static String page(@Nullable String next) {
    return next != null && PAGE.matcher(next).matches() ? next : HOME;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
