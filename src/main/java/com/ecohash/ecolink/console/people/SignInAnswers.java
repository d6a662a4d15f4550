package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.Account;
import com.ecohash.ecolink.access.Accounts;
import com.ecohash.ecolink.access.people.SecretToken;
import com.ecohash.ecolink.access.people.Session;
import com.ecohash.ecolink.access.people.SignIn;
import com.ecohash.ecolink.console.SessionCookies;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/** Turns what became of signing in into an answer: the session and its cookies, or a refusal. */
public final class SignInAnswers {
  private static final Duration BUSY_WAIT = Duration.ofSeconds(2);

  private final Accounts accounts;
  private final SessionCookies cookies;

  public SignInAnswers(Accounts accounts, SessionCookies cookies) {
    this.accounts = accounts;
    this.cookies = cookies;
  }

  /**
   * @param refusal the sentence if what was sent is wrong
   */
  Response answer(SignIn outcome, String refusal, HttpServletRequest request) {
    if (outcome instanceof SignIn.Accepted accepted) {
      return withCookies(Response.ok(view(accepted.session(), accepted.token())), accepted, request)
          .build();
    }
    if (outcome instanceof SignIn.Delayed delayed) {
      throw delayed(delayed.delay());
    }
    if (outcome instanceof SignIn.Busy) {
      throw busy();
    }
    throw new ApiException(ErrorType.UNAUTHORIZED, refusal);
  }

  Response.ResponseBuilder withCookies(
      Response.ResponseBuilder response, SignIn.Accepted accepted, HttpServletRequest request) {
    return response
        .header(HttpHeaders.SET_COOKIE, cookies.session(accepted, request))
        .header(HttpHeaders.SET_COOKIE, cookies.device(accepted, request));
  }

  Response signedOut(HttpServletRequest request) {
    return Response.noContent().header(HttpHeaders.SET_COOKIE, cookies.noSession(request)).build();
  }

  SessionView view(Session session, SecretToken token) {
    String name = accounts.find(session.user().account()).map(Account::name).orElse("");
    return SessionView.of(session, name, token);
  }

  static ApiException busy() {
    return new ApiException(
            ErrorType.OVERLOADED, "Too many people are signing in at this moment; try again soon.")
        .withRetryAfter(BUSY_WAIT);
  }

  private static ApiException delayed(Duration wait) {
    return new ApiException(
            ErrorType.RATE_LIMIT_EXCEEDED,
            "Too many wrong passwords were tried. Wait "
                + inWords(wait)
                + " and try again; a browser in which you have signed in before need not wait for"
                + " others.")
        .withRetryAfter(wait);
  }

  private static String inWords(Duration wait) {
    long seconds = wait.plusNanos(999_999_999).toSeconds();
    return seconds < 60
        ? seconds + (seconds == 1 ? " second" : " seconds")
        : (seconds + 59) / 60 + (seconds <= 60 ? " minute" : " minutes");
  }
}
