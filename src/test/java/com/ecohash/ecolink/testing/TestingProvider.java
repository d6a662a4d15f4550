package com.ecohash.ecolink.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An OpenID Connect provider on a real socket: it signs everybody in without asking, checks the
 * client, its PKCE verifier and that a code is used once, and signs with RS256. It can be told to
 * do one thing wrong.
 */
public final class TestingProvider implements AutoCloseable {
  public static final String CLIENT = "ecolink";
  public static final String SECRET = "a secret of thirty-two characters";

  /** What it does wrong. */
  public enum Fault {
    NONE,
    OTHER_STATE,
    OTHER_ISSUER_IN_ANSWER,
    ERROR_ANSWER,
    OTHER_NONCE,
    NO_NONCE,
    OTHER_AUDIENCE,
    OTHER_ISSUER,
    EXPIRED,
    UNSIGNED,
    OTHER_KEY,
    SIGNED_WITH_THE_CLIENTS_SECRET,
    TAMPERED,
    UNVERIFIED_EMAIL,
    NO_EMAIL,
    BROKEN_TOKEN_ANSWER
  }

  private final HttpServer server;
  private final RSAKey key;
  private final RSAKey strangersKey;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private volatile Fault fault = Fault.NONE;
  private volatile String subject = "subject-1";
  private volatile String email = "somebody@example.com";
  private volatile boolean emailInUserInfoOnly;

  private TestingProvider(HttpServer server, RSAKey key, RSAKey strangersKey) {
    this.server = server;
    this.key = key;
    this.strangersKey = strangersKey;
  }

  public static TestingProvider start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      TestingProvider provider =
          new TestingProvider(
              server,
              new RSAKeyGenerator(2048).keyID("one").generate(),
              new RSAKeyGenerator(2048).keyID("one").generate());
      server.createContext("/.well-known/openid-configuration", provider::configuration);
      server.createContext("/jwks", provider::keys);
      server.createContext("/authorize", provider::authorize);
      server.createContext("/token", provider::token);
      server.createContext("/userinfo", provider::userInfo);
      server.start();
      return provider;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public void does(Fault wrong) {
    fault = wrong;
  }

  /** Who signs in from now on. */
  public void signsIn(String newSubject, String newEmail) {
    subject = newSubject;
    email = newEmail;
  }

  public void tellsTheAddressInUserInfoOnly() {
    emailInUserInfoOnly = true;
  }

  private void configuration(HttpExchange exchange) throws IOException {
    String template =
        """
        {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
         "jwks_uri":"%1$s/jwks","userinfo_endpoint":"%1$s/userinfo",
         "response_types_supported":["code"],"subject_types_supported":["public"],
         "id_token_signing_alg_values_supported":["RS256"]}""";
    answer(exchange, 200, template.formatted(issuer()));
  }

  private void keys(HttpExchange exchange) throws IOException {
    answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString());
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> query = parameters(exchange.getRequestURI().getRawQuery());
    boolean wellFormed =
        CLIENT.equals(query.get("client_id"))
            && "code".equals(query.get("response_type"))
            && "S256".equals(query.get("code_challenge_method"))
            && query.containsKey("nonce");
    if (!wellFormed) {
      answer(exchange, 400, "{\"error\":\"invalid_request\"}");
      return;
    }
    String code = UUID.randomUUID().toString();
    codes.put(code, query);
    String state = fault == Fault.OTHER_STATE ? "other" : query.getOrDefault("state", "");
    String back = fault == Fault.ERROR_ANSWER ? "?error=access_denied" : "?code=" + code;
    String iss = fault == Fault.OTHER_ISSUER_IN_ANSWER ? "https://other.example.com" : issuer();
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            query.get("redirect_uri") + back + "&state=" + encoded(state) + "&iss=" + encoded(iss));
    exchange.sendResponseHeaders(303, -1);
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
    if (asked == null || !isClient(exchange) || !isProof(form, asked)) {
      answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    if (fault == Fault.BROKEN_TOKEN_ANSWER) {
      answer(exchange, 500, "<html>");
      return;
    }
    String body =
        "{\"access_token\":\"access\",\"token_type\":\"Bearer\",\"expires_in\":60,\"id_token\":\"%s\"}";
    answer(exchange, 200, body.formatted(idToken(asked)));
  }

  private static boolean isClient(HttpExchange exchange) {
    String credentials = encoded(CLIENT) + ":" + encoded(SECRET);
    String expected =
        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    return expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private static boolean isProof(Map<String, String> form, Map<String, String> asked) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(form.getOrDefault("code_verifier", "").getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(hash)
              .equals(asked.get("code_challenge"))
          && form.getOrDefault("redirect_uri", "").equals(asked.get("redirect_uri"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String idToken(Map<String, String> asked) {
    try {
      JWTClaimsSet claims = claims(asked.getOrDefault("nonce", ""));
      if (fault == Fault.UNSIGNED) {
        return new PlainJWT(claims).serialize();
      }
      if (fault == Fault.SIGNED_WITH_THE_CLIENTS_SECRET) {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        token.sign(new MACSigner(SECRET.getBytes(StandardCharsets.UTF_8)));
        return token.serialize();
      }
      SignedJWT token =
          new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), claims);
      token.sign(new RSASSASigner(fault == Fault.OTHER_KEY ? strangersKey : key));
      return fault == Fault.TAMPERED ? tampered(token) : token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String tampered(SignedJWT token) {
    String[] parts = token.serialize().split("\\.");
    String claims =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("subject-", "subject+");
    return parts[0]
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + "."
        + parts[2];
  }

  private JWTClaimsSet claims(String nonce) {
    Instant now = Instant.now();
    Instant issuedAt = fault == Fault.EXPIRED ? now.minus(Duration.ofHours(2)) : now;
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(fault == Fault.OTHER_ISSUER ? "https://other.example.com" : issuer())
            .subject(subject)
            .audience(fault == Fault.OTHER_AUDIENCE ? "somebody-else" : CLIENT)
            .issueTime(Date.from(issuedAt))
            .expirationTime(Date.from(issuedAt.plus(Duration.ofHours(1))));
    if (fault != Fault.NO_NONCE) {
      claims.claim("nonce", fault == Fault.OTHER_NONCE ? "other" : nonce);
    }
    if (fault != Fault.NO_EMAIL && !emailInUserInfoOnly) {
      claims.claim("email", email).claim("email_verified", fault != Fault.UNVERIFIED_EMAIL);
    }
    return claims.build();
  }

  private void userInfo(HttpExchange exchange) throws IOException {
    boolean known = "Bearer access".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!known || !emailInUserInfoOnly) {
      answer(exchange, known ? 200 : 401, "{\"sub\":\"%s\"}".formatted(subject));
      return;
    }
    answer(
        exchange,
        200,
        "{\"sub\":\"%s\",\"email\":\"%s\",\"email_verified\":true}".formatted(subject, email));
  }

  private static Map<String, String> parameters(String encodedForm) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : encodedForm.split("&")) {
      String[] nameAndValue = pair.split("=", 2);
      if (nameAndValue.length == 2) {
        parameters.put(nameAndValue[0], URLDecoder.decode(nameAndValue[1], StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
