package com.ecohash.ecolink.access.oidc;

import com.ecohash.ecolink.access.people.SecretToken;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The authorization code flow. State, nonce and PKCE verifier are derived from one secret of the
 * browser's, so that no node has to remember who went to the provider, and only the browser that
 * went there can come back.
 */
public final class OidcClient {
  private final OidcSettings settings;
  private final OidcProvider provider;

  public OidcClient(OidcSettings settings) {
    this.settings = settings;
    this.provider = new OidcProvider(settings);
  }

  /** What begins at the provider; empty if it does not answer. */
  public Optional<URI> begin(SecretToken attempt, URI callback) {
    try {
      return Optional.of(
          new AuthenticationRequest.Builder(
                  new ResponseType(ResponseType.Value.CODE),
                  new Scope(settings.scopes().toArray(String[]::new)),
                  new ClientID(settings.clientId()),
                  callback)
              .endpointURI(provider.metadata().getAuthorizationEndpointURI())
              .state(state(attempt))
              .nonce(nonce(attempt))
              .codeChallenge(verifier(attempt), CodeChallengeMethod.S256)
              .build()
              .toURI());
    } catch (IOException | GeneralException e) {
      return Optional.empty();
    }
  }

  /**
   * What the provider sent the browser back with. Calls the provider, for seconds if it is slow.
   *
   * @param answer the callback's address with its query
   */
  public Identified finish(SecretToken attempt, URI callback, URI answer) {
    try {
      AuthenticationResponse response = parsed(answer);
      Optional<Identified> refusal = refusal(response, attempt);
      return refusal.isPresent()
          ? refusal.get()
          : identified(response.toSuccessResponse(), attempt, callback);
    } catch (ParseException e) {
      return refused("an answer that is none: " + e.getMessage());
    } catch (BadJOSEException | JOSEException e) {
      return refused("an ID token that is not valid: " + e.getMessage());
    } catch (IOException | GeneralException e) {
      return new Identified.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  /** The library throws the wrong exception at parameters that are there but empty. */
  private static AuthenticationResponse parsed(URI answer) throws ParseException {
    try {
      return AuthenticationResponseParser.parse(answer);
    } catch (IllegalArgumentException e) {
      throw new ParseException(String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<Identified> refusal(AuthenticationResponse response, SecretToken attempt) {
    @Nullable State state = response.getState();
    if (state == null || !same(state.getValue(), state(attempt).getValue())) {
      return Optional.of(refused("a state that is not this browser's"));
    }
    if (response.getIssuer() != null
        && !response.getIssuer().getValue().equals(settings.issuer().toString())) {
      return Optional.of(refused("an answer of another issuer")); // RFC 9207
    }
    if (response instanceof AuthorizationErrorResponse error) {
      return Optional.of(refused("the provider's error " + error.getErrorObject().getCode()));
    }
    return Optional.empty();
  }

  private Identified identified(
      AuthenticationSuccessResponse success, SecretToken attempt, URI callback)
      throws IOException, GeneralException, BadJOSEException, JOSEException {
    @Nullable AuthorizationCode code =
        ((AuthorizationSuccessResponse) success).getAuthorizationCode();
    if (code == null) {
      return refused("an answer without a code");
    }
    Optional<OidcProvider.Tokens> tokens = provider.exchange(code, callback, verifier(attempt));
    if (tokens.isEmpty()) {
      return refused("a code that the provider does not take");
    }
    JWT idToken = tokens.get().idToken();
    IDTokenClaimsSet claims = provider.validator().validate(idToken, nonce(attempt));
    Optional<String> email = provider.verifiedEmail(claims, tokens.get().accessToken());
    if (email.isEmpty()) {
      return new Identified.Refused("no verified e-mail address", Trouble.UNVERIFIED);
    }
    return new Identified.Person(
        settings.issuer().toString(), claims.getSubject().getValue(), email.get());
  }

  private static Identified refused(String reason) {
    return new Identified.Refused(reason, Trouble.FAILED);
  }

  private static State state(SecretToken attempt) {
    return new State(attempt.derive("oidc state"));
  }

  private static Nonce nonce(SecretToken attempt) {
    return new Nonce(attempt.derive("oidc nonce"));
  }

  private static CodeVerifier verifier(SecretToken attempt) {
    return new CodeVerifier(attempt.derive("oidc verifier"));
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
