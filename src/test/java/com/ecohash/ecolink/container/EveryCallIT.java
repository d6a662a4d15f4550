package com.ecohash.ecolink.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.testing.ApiDocument;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every call of the management API that the document has, by everybody who may not make it, and
 * with everything that is no input: refused in the one form of errors, and never with data. A call
 * that is new here may be made by nobody until it is listed.
 */
@ArquillianTest
class EveryCallIT {
  private static final String PASSWORD = "correct horse battery";

  /** Without a session or a key. */
  private static final Set<String> OPEN =
      Set.of(
          "POST /api/join",
          "POST /api/join/invitation",
          "POST /api/session",
          "GET /api/session/methods",
          "GET /api/session/oidc",
          "GET /api/session/oidc/callback");

  /** What a member may do; everything else needs an owner or the operator. */
  private static final Set<String> MEMBERS =
      Set.of(
          "GET /api/billing",
          "GET /api/billing/transactions",
          "GET /api/billing/transactions.csv",
          "GET /api/gpu-types",
          "GET /api/instances",
          "POST /api/instances",
          "GET /api/instances/{id}",
          "DELETE /api/instances/{id}",
          "GET /api/instances/{id}/check",
          "POST /api/instances/{id}/check",
          "GET /api/keys",
          "GET /api/models",
          "GET /api/regions",
          "GET /api/session",
          "DELETE /api/session",
          "PUT /api/session/password",
          "POST /api/session/playground-key",
          "GET /api/usage",
          "GET /api/usage.csv",
          "GET /api/usage/gpu-time",
          "GET /api/users");

  private static final List<String> NO_IDS =
      List.of(
          "0",
          "-1",
          "+1",
          "01",
          "1.5",
          "abc",
          "null",
          "a%20b",
          "%D9%A1",
          "%3Cscript%3E",
          "999999999999999999",
          "99999999999999999999",
          "a".repeat(2_000));

  private static final List<String> NO_OBJECTS =
      List.of(
          "",
          " ",
          "{",
          "[]",
          "null",
          "1",
          "\"x\"",
          "{} {}",
          "{\"\":1}",
          "{\"no_such_member\":1}",
          "{'a':1}",
          "\u0000",
          "{\"a\":".repeat(5_000));

  private static final List<String> ODD_PARAMETERS =
      List.of(
          "",
          "x",
          "0",
          "-1",
          "1.5",
          "1e9",
          "99999999999999999999",
          "9223372036854775807",
          "\u0000",
          "é<script>",
          "-999999999-01-01T00:00:00Z",
          "+999999999-12-31T23:59:59Z",
          "9223372036854775807-1",
          base64("9223372036854775807:req_" + "a".repeat(26)),
          base64("-9223372036854775808:req_" + "a".repeat(26)),
          base64("9223372036854775808:req_" + "a".repeat(26)),
          "x".repeat(2_000));

  /** JSON that stands for every type, and the worst of each. */
  private static final List<String> VALUES =
      List.of(
          "true",
          "[]",
          "[[[]]]",
          "{}",
          "{\"a\":1}",
          "-1",
          "0",
          "1.5",
          "1e400",
          "1e999999999",
          "2147483648",
          "9223372036854775808",
          "99999999999999999999999999999999",
          "\"\"",
          "\" \"",
          "\"x\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"-1\"",
          "\"1e999999999\"",
          "\"99999999999999999999999999999999\"",
          "\"0.00000000000000000001\"",
          "\"-999999999-01-01T00:00:00Z\"",
          "\"+999999999-12-31T23:59:59Z\"",
          "\"" + "x".repeat(100_000) + "\"");

  /** An operation of the document. */
  private record Call(String method, String template, JsonNode description) {
    String name() {
      return method + " " + template;
    }

    boolean isAdmin() {
      return template.startsWith("/api/admin/");
    }

    boolean isChange() {
      return !method.equals("GET");
    }

    boolean hasId() {
      return template.contains("{id}");
    }

    String path(String id) {
      return template.replace("{id}", id);
    }

    Optional<String> bodySchema() {
      String reference =
          description.at("/requestBody/content/application~1json/schema/$ref").asText();
      return reference.isEmpty()
          ? Optional.empty()
          : Optional.of(reference.substring(reference.lastIndexOf('/') + 1));
    }

    List<String> queryParameters() {
      List<String> names = new ArrayList<>();
      for (JsonNode parameter : description.path("parameters")) {
        if (parameter.path("in").asText().equals("query")) {
          names.add(parameter.path("name").asText());
        }
      }
      return names;
    }

    @Override
    public String toString() {
      return name();
    }
  }

  @ArquillianResource private URL address;

  private final String mark = UUID.randomUUID().toString();
  private final String ownerEmail = "owner-" + mark + "@example.com";
  private RunningGateway gateway;
  private Browser owner;
  private long account;
  private String region;
  private long instance;
  private JsonNode managing;
  private JsonNode inferring;

  @Deployment(testable = false)
  static WebArchive archive() {
    return RunningGateway.archive();
  }

  @BeforeEach
  void begin() {
    gateway = RunningGateway.at(address);
    account = Browser.account(gateway, ownerEmail, PASSWORD).path("id").asLong();
    owner = signedIn(ownerEmail);
    region = "region-" + mark.substring(0, 8);
    made(operator("POST", "/api/admin/regions", "{\"id\":\"" + region + "\"}"));
    instance = made(owner.post("/api/instances", launch("my-llama-" + mark))).path("id").asLong();
    managing =
        made(owner.post("/api/keys", "{\"name\":\"%s\",\"scopes\":[\"manage\"]}".formatted(mark)));
    inferring = made(owner.post("/api/keys", "{\"name\":\"" + mark + "\"}"));
    made(owner.post("/api/users", "{\"email\":\"waits-" + mark + "@example.com\"}"));
  }

  private String launch(String name) {
    return "{\"name\":\"%s\",\"category\":\"chat\",\"regions\":[{\"region\":\"%s\",\"endpoint\":\"http://127.0.0.1:9\"}]}"
        .formatted(name, region);
  }

  private Browser signedIn(String email) {
    Browser browser = new Browser(gateway);
    assertThat(browser.signIn(email, PASSWORD).statusCode()).isEqualTo(200);
    return browser;
  }

  private static JsonNode made(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Tenant.json(answer.body());
  }

  private HttpResponse<String> operator(String method, String path, String body) {
    return withKey(gateway.operatorKey(), method, path, body);
  }

  private HttpResponse<String> withKey(String key, String method, String path, String body) {
    HttpRequest.Builder request = request(method, path, body);
    request.header("Authorization", "Bearer " + key);
    if (key.equals(gateway.operatorKey()) && !path.startsWith("/api/admin/")) {
      request.header("X-EcoLink-Account", Long.toString(account));
    }
    return gateway.send(request.build());
  }

  private HttpRequest.Builder request(String method, String path, String body) {
    return HttpRequest.newBuilder(gateway.resolve(path))
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(body));
  }

  private static List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    ApiDocument.built()
        .json()
        .path("paths")
        .properties()
        .forEach(
            path -> {
              if (path.getKey().startsWith("/api/")) {
                Stream.of("get", "post", "put", "patch", "delete")
                    .filter(path.getValue()::has)
                    .map(
                        verb ->
                            new Call(verb.toUpperCase(), path.getKey(), path.getValue().path(verb)))
                    .forEach(calls::add);
              }
            });
    assertThat(calls).hasSizeGreaterThan(35);
    return calls;
  }

  private static List<Call> closed() {
    return calls().stream().filter(call -> !OPEN.contains(call.name())).toList();
  }

  /** Something of the owner's account that a path can name. */
  private String id(Call call) {
    String template = call.template();
    if (template.startsWith("/api/admin/accounts/")) {
      return Long.toString(account);
    }
    if (template.startsWith("/api/admin/regions/")) {
      return region;
    }
    if (template.startsWith("/api/instances/")) {
      return Long.toString(instance);
    }
    if (template.startsWith("/api/keys/")) {
      return managing.path("id").asText();
    }
    String list = template.substring(0, template.indexOf("/{id}"));
    return Tenant.json(owner.get(list).body()).at("/data/0/id").asText();
  }

  private String path(Call call) {
    return call.hasId() ? call.path(id(call)) : call.template();
  }

  /** A body that would do. */
  private String body(Call call) {
    return call.bodySchema().map(this::sample).orElse("");
  }

  private String sample(String schema) {
    return switch (schema) {
      case "AccountRequest" -> "{\"name\":\"sweep\"}";
      case "ChangeRequest" ->
          "{\"old_password\":\"not the old one\",\"new_password\":\"another long one\"}";
      case "CreditRequest" -> "{\"amount\":\"1.00\",\"description\":\"sweep\",\"kind\":\"top_up\"}";
      case "InvitationLink" -> "{\"token\":\"" + "A".repeat(43) + "\"}";
      case "InviteRequest" ->
          "{\"email\":\"other-" + UUID.randomUUID() + "@example.com\",\"role\":\"member\"}";
      case "JoinRequest" ->
          "{\"token\":\"" + "A".repeat(43) + "\",\"password\":\"another long one\"}";
      case "KeyRequest" -> "{\"name\":\"sweep\"}";
      case "LaunchRequest" -> launch("sweep");
      case "PriceRequest" ->
          "{\"instance_id\":" + instance + ",\"unit\":\"input_tokens\",\"amount\":\"1.00\"}";
      case "RegionChange" -> "{\"name\":\"sweep\"}";
      case "RegionRequest" -> "{\"id\":\"sweep-" + UUID.randomUUID() + "\",\"name\":\"sweep\"}";
      case "SignInRequest" -> // a failed sign-in would count against this machine
          "{\"email\":\"nobody\",\"password\":\"another long one\"}";
      case "UserChange" -> "{\"role\":\"member\"}";
      default -> throw new AssertionError("give this test a " + schema + " that would do");
    };
  }

  /** In the one form, which holds no data; {@link RunningGateway#send} has looked at it. */
  private void assertRefused(Object what, HttpResponse<String> answer) {
    String seen = what + " answered " + answer.statusCode() + ": " + answer.body();
    assertThat(answer.statusCode()).as(seen).isBetween(400, 499);
    JsonNode error = Tenant.json(answer.body()).path("error");
    assertThat(error.path("message").asText()).as(seen).isNotBlank();
    assertThat(answer.body().toLowerCase())
        .as(seen)
        .doesNotContain(mark, "exception", "com.ecohash", "jakarta", "org.jboss");
  }

  private void assertRefused(Call call, int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(call + " " + answer.body()).isEqualTo(status);
    assertRefused(call, answer);
  }

  // ---- who may not ------------------------------------------------------------------------------

  @Test
  void isRefusedToNobody() {
    for (Call call : closed()) {
      HttpRequest request = request(call.method(), path(call), body(call)).build();
      assertRefused(call, 401, gateway.send(request));
    }
  }

  @Test
  void isRefusedToASessionWithoutItsCsrfTokenIfItChangesSomething() {
    for (Call call : closed()) {
      if (call.isChange()) {
        assertRefused(
            call, 403, owner.call(call.method(), path(call), body(call), Optional.empty()));
      }
    }
    assertThat(owner.get("/api/session").statusCode()).isEqualTo(200);
  }

  @Test
  void isRefusedToMembersUnlessItIsTheirs() {
    String email = "member-" + mark + "@example.com";
    JsonNode invited = made(owner.post("/api/users", "{\"email\":\"" + email + "\"}"));
    String url = invited.at("/invitation/url").asText();
    Browser member = new Browser(gateway);
    HttpResponse<String> joined =
        member.post(
            "/api/join",
            "{\"token\":\"%s\",\"password\":\"%s\"}"
                .formatted(url.substring(url.indexOf('#') + 1), PASSWORD));
    assertThat(joined.statusCode()).as(joined.body()).isEqualTo(200);
    for (Call call : closed()) {
      if (!MEMBERS.contains(call.name())) {
        assertRefused(call, 403, member.call(call.method(), path(call), body(call)));
      }
    }
  }

  @Test
  void isRefusedToAnOwnerAndToAKeyIfItIsTheOperators() {
    String key = managing.path("key").asText();
    for (Call call : closed()) {
      if (call.isAdmin()) {
        assertRefused(call, 403, owner.call(call.method(), path(call), body(call)));
        assertRefused(call, 403, withKey(key, call.method(), path(call), body(call)));
      }
    }
  }

  @Test
  void isRefusedToAKeyForInference() {
    String key = inferring.path("key").asText();
    for (Call call : closed()) {
      assertRefused(call, 403, withKey(key, call.method(), path(call), body(call)));
    }
  }

  @Test
  void isRefusedToAStranger() {
    String email = "stranger@" + UUID.randomUUID() + ".example.com";
    Browser.account(gateway, email, PASSWORD);
    Browser stranger = signedIn(email);
    for (Call call : closed()) {
      if (call.hasId()) {
        int status = call.isAdmin() ? 403 : 404;
        assertRefused(call, status, stranger.call(call.method(), path(call), body(call)));
      } else if (!call.isChange() && !call.isAdmin() && !call.name().equals("GET /api/regions")) {
        assertThat(stranger.get(call.template()).body()).as(call.name()).doesNotContain(mark);
      }
    }
    assertThat(Tenant.json(owner.get("/api/instances/" + instance).body()).path("state").asText())
        .isNotEqualTo("terminated");
  }

  // ---- what is no input -------------------------------------------------------------------------

  private HttpResponse<String> byWhoMay(Call call, String path, String body) {
    return call.isAdmin()
        ? operator(call.method(), path, body)
        : owner.call(call.method(), path, body);
  }

  @Test
  void findsNothingByWhatIsNoId() {
    for (Call call : calls()) {
      if (call.hasId()) {
        for (String id : NO_IDS) {
          assertRefused(call + " " + id, byWhoMay(call, call.path(id), body(call)));
        }
      }
    }
  }

  @Test
  void refusesABodyThatIsNoObjectOfItsForm() {
    for (Call call : calls()) {
      if (call.bodySchema().isPresent()) {
        for (String body : NO_OBJECTS) {
          assertRefused(call + " " + body, byWhoMay(call, path(call), body));
        }
      }
    }
  }

  @Test
  void refusesMembersOfAnotherType() {
    for (Call call : calls()) {
      JsonNode schema = call.bodySchema().map(EveryCallIT::schema).orElse(NOTHING);
      for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
        for (String value : VALUES) {
          String body = with(body(call), member.getKey(), value);
          HttpResponse<String> answer = byWhoMay(call, path(call), body);
          String what = call + " " + body.substring(0, Math.min(300, body.length()));
          assertThat(answer.statusCode()).as(what + answer.body()).isLessThan(500);
          if (answer.statusCode() >= 400 || !isOfType(member.getValue(), value)) {
            assertRefused(what, answer);
          }
        }
      }
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final JsonNode NOTHING = Tenant.json("{}");

  private static JsonNode schema(String name) {
    return ApiDocument.built().json().path("components").path("schemas").path(name);
  }

  private static String with(String body, String member, String value) {
    ObjectNode members = (ObjectNode) Tenant.json(body);
    members.remove(member);
    String rest = members.toString().substring(1);
    return "{\"" + member + "\":" + value + (rest.equals("}") ? rest : "," + rest);
  }

  /** Whether a value may stand there, by its type alone. */
  private static boolean isOfType(JsonNode schema, String value) {
    String types = schema.path("type").toString() + schema.path("anyOf");
    if (value.startsWith("\"")) {
      return types.contains("string") || types.contains("Money");
    }
    if (value.startsWith("[")) {
      return types.contains("array");
    }
    if (value.startsWith("{")) {
      return types.contains("object");
    }
    return value.equals("true")
        ? types.contains("boolean")
        : types.contains("integer") || types.contains("Money");
  }

  @Test
  void answersOddParametersWithoutStumbling() {
    for (Call call : calls()) {
      if (call.isChange() || OPEN.contains(call.name())) {
        continue;
      }
      for (String parameter : call.queryParameters()) {
        for (String value : ODD_PARAMETERS) {
          String query = "?" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
          HttpResponse<String> answer = byWhoMay(call, path(call) + query, "");
          assertThat(answer.statusCode()).as(call + query + answer.body()).isLessThan(500);
          if (answer.statusCode() >= 400) {
            assertRefused(call + query, answer);
          }
        }
      }
    }
  }

  @Test
  void findsNoAccountToActForByWhatIsNoId() {
    for (String id : NO_IDS) {
      if (!id.contains("%")) {
        HttpRequest request =
            request("GET", "/api/keys", "")
                .header("Authorization", "Bearer " + gateway.operatorKey())
                .header("X-EcoLink-Account", id)
                .build();
        assertRefused(id, gateway.send(request));
      }
    }
  }
}
