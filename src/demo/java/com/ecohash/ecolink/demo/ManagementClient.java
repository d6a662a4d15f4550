package com.ecohash.ecolink.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The management API as a script uses it: JSON in, JSON out, with the operator's key. */
public final class ManagementClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI gateway;
  private final String operatorKey;

  public ManagementClient(URI gateway, String operatorKey) {
    this.gateway = gateway;
    this.operatorKey = operatorKey;
  }

  /**
   * @throws IllegalStateException if the answer is no success
   */
  public JsonNode post(String path, String body) throws IOException, InterruptedException {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  /** As {@link #post(String, String)}, on behalf of an account. */
  public JsonNode post(String path, long account, String body)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("X-EcoLink-Account", Long.toString(account))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** Whether the gateway takes requests. */
  public boolean isReady() throws InterruptedException {
    try {
      HttpRequest ready =
          HttpRequest.newBuilder(gateway.resolve("/health/ready"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(gateway.resolve(path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + operatorKey)
        .header("Content-Type", "application/json");
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(
          request.method()
              + " "
              + request.uri().getPath()
              + " answered "
              + response.statusCode()
              + ": "
              + response.body());
    }
    return JSON.readTree(response.body());
  }
}
