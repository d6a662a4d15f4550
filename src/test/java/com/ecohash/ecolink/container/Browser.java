package com.ecohash.ecolink.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a person's browser does with the management API: it keeps cookies and the CSRF token. */
public final class Browser {
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private RunningGateway gateway;
  private String csrf = "";

  public Browser(RunningGateway gateway) {
    this.gateway = gateway;
  }

  /** A new account with an owner of this address. */
  public static JsonNode account(RunningGateway gateway, String email, String password) {
    HttpResponse<String> made =
        gateway.send(
            HttpRequest.newBuilder(gateway.resolve("/api/admin/accounts"))
                .header("Authorization", "Bearer " + gateway.operatorKey())
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"name\":\"Acme\",\"owner_email\":\"%s\",\"owner_password\":\"%s\"}"
                            .formatted(email, password)))
                .build());
    if (made.statusCode() != 201) {
      throw new IllegalStateException(made.statusCode() + ": " + made.body());
    }
    return Tenant.json(made.body());
  }

  /** The same cookies at another node, as behind a balancer. */
  public void goTo(RunningGateway other) {
    gateway = other;
  }

  public HttpResponse<String> signIn(String email, String password) {
    return post(
        "/api/session", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
  }

  public HttpResponse<String> get(String path) {
    return call("GET", path, "");
  }

  public HttpResponse<String> post(String path, String body) {
    return call("POST", path, body);
  }

  public HttpResponse<String> delete(String path) {
    return call("DELETE", path, "");
  }

  public HttpResponse<String> call(String method, String path, String body) {
    return call(method, path, body, Optional.of(csrf));
  }

  public HttpResponse<String> call(
      String method, String path, String body, Optional<String> csrfToken) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve(path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    csrfToken.filter(text -> !text.isEmpty()).ifPresent(t -> request.header("X-CSRF-Token", t));
    HttpResponse<String> answer = gateway.send(request.build());
    keepCookies(answer);
    keepCsrfToken(answer);
    return answer;
  }

  private void keepCookies(HttpResponse<String> answer) {
    for (String cookie : setCookies(answer)) {
      String[] nameAndValue = cookie.split(";", 2)[0].split("=", 2);
      if (nameAndValue[1].isEmpty()) {
        cookies.remove(nameAndValue[0]);
      } else {
        cookies.put(nameAndValue[0], nameAndValue[1]);
      }
    }
  }

  private void keepCsrfToken(HttpResponse<String> answer) {
    if (answer.statusCode() < 300 && answer.body().contains("csrf_token")) {
      csrf = Tenant.json(answer.body()).path("csrf_token").asText();
    }
  }

  public static List<String> setCookies(HttpResponse<String> answer) {
    return answer.headers().allValues("Set-Cookie");
  }

  public Map<String, String> cookies() {
    return cookies;
  }
}
