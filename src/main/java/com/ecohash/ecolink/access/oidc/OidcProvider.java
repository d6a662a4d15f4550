package com.ecohash.ecolink.access.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The provider itself: what it publishes, read when first needed and kept for an hour, its token
 * endpoint, and its keys. Signatures are by its asymmetric keys alone: neither unsigned tokens nor
 * ones signed with a shared secret are taken.
 */
final class OidcProvider {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int ANSWER_BYTES_MAX = 256 << 10;
  private static final long KEPT_NANOS = Duration.ofHours(1).toNanos();
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /** What a code was exchanged for. */
  record Tokens(JWT idToken, AccessToken accessToken) {}

  /** What the provider published, and when it was read. */
  private record Published(
      OIDCProviderMetadata metadata, IDTokenValidator validator, long readAtNanos) {}

  private final OidcSettings settings;
  private volatile @Nullable Published published;

  OidcProvider(OidcSettings settings) {
    this.settings = settings;
  }

  OIDCProviderMetadata metadata() throws IOException, GeneralException {
    return published().metadata();
  }

  IDTokenValidator validator() throws IOException, GeneralException {
    return published().validator();
  }

  private Published published() throws IOException, GeneralException {
    @Nullable Published known = published;
    if (known == null || System.nanoTime() - known.readAtNanos() > KEPT_NANOS) {
      known = read();
      published = known;
    }
    return known;
  }

  private Published read() throws IOException, GeneralException {
    Issuer issuer = new Issuer(settings.issuer());
    OIDCProviderMetadata metadata =
        OIDCProviderMetadata.resolve(issuer, TIMEOUT_MILLIS, TIMEOUT_MILLIS);
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.create(
                metadata.getJWKSetURI().toURL(),
                new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, ANSWER_BYTES_MAX))
            .build();
    IDTokenValidator validator =
        new IDTokenValidator(
            issuer,
            new ClientID(settings.clientId()),
            new JWSVerificationKeySelector<>(ALGORITHMS, keys),
            null);
    return new Published(metadata, validator, System.nanoTime());
  }

  /** The tokens for a code; empty if the provider refuses it. */
  Optional<Tokens> exchange(AuthorizationCode code, URI callback, CodeVerifier verifier)
      throws IOException, GeneralException {
    AuthorizationCodeGrant grant = new AuthorizationCodeGrant(code, callback, verifier);
    URI endpoint = metadata().getTokenEndpointURI();
    Optional<ClientAuthentication> authentication = authentication();
    TokenRequest request =
        authentication.isPresent()
            ? new TokenRequest(endpoint, authentication.get(), grant)
            : new TokenRequest(endpoint, new ClientID(settings.clientId()), grant);
    TokenResponse response = OIDCTokenResponseParser.parse(sent(request.toHTTPRequest()));
    if (response instanceof OIDCTokenResponse tokens
        && tokens.getOIDCTokens().getIDToken() != null) {
      return Optional.of(
          new Tokens(tokens.getOIDCTokens().getIDToken(), tokens.getOIDCTokens().getAccessToken()));
    }
    return Optional.empty();
  }

  private Optional<ClientAuthentication> authentication() throws IOException, GeneralException {
    ClientID id = new ClientID(settings.clientId());
    @Nullable List<ClientAuthenticationMethod> methods = metadata().getTokenEndpointAuthMethods();
    boolean inBody =
        methods != null
            && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    return settings
        .clientSecret()
        .map(Secret::new)
        .map(
            secret ->
                inBody ? new ClientSecretPost(id, secret) : new ClientSecretBasic(id, secret));
  }

  /** Out of the ID token, or else from where the provider tells more about a person. */
  Optional<String> verifiedEmail(IDTokenClaimsSet claims, AccessToken accessToken)
      throws IOException, GeneralException {
    Optional<String> email = verifiedEmail(claims);
    @Nullable URI endpoint = metadata().getUserInfoEndpointURI();
    if (email.isPresent() || claims.getStringClaim("email") != null || endpoint == null) {
      return email;
    }
    HTTPRequest request = new UserInfoRequest(endpoint, accessToken).toHTTPRequest();
    UserInfoResponse response = UserInfoResponse.parse(sent(request));
    if (!response.indicatesSuccess()) {
      return Optional.empty();
    }
    @Nullable UserInfo info = response.toSuccessResponse().getUserInfo();
    return info != null && info.getSubject().equals(claims.getSubject())
        ? verifiedEmail(info)
        : Optional.empty();
  }

  private static Optional<String> verifiedEmail(ClaimsSet claims) {
    Object verified = claims.getClaim("email_verified");
    boolean isVerified = Boolean.TRUE.equals(verified) || "true".equals(verified);
    return isVerified ? Optional.ofNullable(claims.getStringClaim("email")) : Optional.empty();
  }

  private static HTTPResponse sent(HTTPRequest request) throws IOException {
    request.setConnectTimeout(TIMEOUT_MILLIS);
    request.setReadTimeout(TIMEOUT_MILLIS);
    request.setFollowRedirects(false);
    return request.send();
  }
}
