package com.ecohash.ecolink.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The document of the API, and whether real answers are as it says. */
public final class ApiDocument {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private static final JsonNode NO_JSON = JSON.missingNode();
  private static final JsonNode ERROR =
      JSON.createObjectNode().put("$ref", "#/components/schemas/Error");

  private static final ApiDocument BUILT = read();

  private final JsonNode document;
  private final Map<String, JsonSchema> known = new ConcurrentHashMap<>();

  private ApiDocument(JsonNode document) {
    this.document = document;
  }

  /** As the build made it. */
  public static ApiDocument built() {
    return BUILT;
  }

  private static ApiDocument read() {
    try (InputStream file = ApiDocument.class.getResourceAsStream("/api-document/openapi.json")) {
      return new ApiDocument(JSON.readTree(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public JsonNode json() {
    return document;
  }

  /**
   * Holds an answer against the document.
   *
   * @param path as it was called, with its query
   * @throws AssertionError if the document does not have the call, or tells of another answer
   */
  public void check(String method, String path, int status, JsonNode body) {
    String template =
        template(path.split("\\?", 2)[0])
            .orElseThrow(() -> new AssertionError("/openapi has no path for " + path));
    JsonNode operation = operation(template, method);
    if (operation.isMissingNode()) {
      throw new AssertionError("/openapi has no " + method + " " + template);
    }
    String answer =
        operation.path("responses").has(Integer.toString(status)) ? "" + status : "default";
    if (status < 400 && answer.equals("default")) {
      throw new AssertionError("/openapi has no " + status + " of " + method + " " + template);
    }
    JsonNode schema = operation.at("/responses/" + answer + "/content/application~1json/schema");
    if (schema.isMissingNode()) {
      return; // without a body, or a container's
    }
    validate(schema, body, method + " " + path + " answered " + status);
  }

  /**
   * Holds whatever the management API answered against the document: what it has, by its schema and
   * media type; what it does not have, by the one form of errors.
   *
   * @throws AssertionError if the answer is another one
   */
  public void check(HttpRequest request, HttpResponse<String> answer) {
    String path = request.uri().getRawPath();
    String method = request.method();
    if (!path.startsWith("/api/") || method.equals("OPTIONS") || method.equals("HEAD")) {
      return;
    }
    int status = answer.statusCode();
    Optional<String> template = template(path);
    if (template.isEmpty() || !operation(template.get(), method).isObject()) {
      if (status != 404 && status != 405 && status != 400 && status != 401) {
        throw new AssertionError("/openapi has no " + method + " " + path + ", but " + status);
      }
      validate(ERROR, parsed(answer), method + " " + path + " answered " + status);
      return;
    }
    Set<String> types = types(operation(template.get(), method), status);
    String type = answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
    if (!types.isEmpty() && !types.contains(type)) {
      throw new AssertionError(
          method + " " + path + " answered " + status + " with '" + type + "', not " + types);
    }
    check(method, path, status, type.equals("application/json") ? parsed(answer) : NO_JSON);
  }

  private static Set<String> types(JsonNode operation, int status) {
    JsonNode responses = operation.path("responses");
    JsonNode response = responses.path(Integer.toString(status));
    Set<String> types = new TreeSet<>();
    (response.isObject() ? response : responses.path("default"))
        .path("content")
        .fieldNames()
        .forEachRemaining(types::add);
    return types;
  }

  private static JsonNode parsed(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(answer + " is no JSON: " + answer.body(), e);
    }
  }

  private JsonNode operation(String template, String method) {
    return document.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
  }

  private void validate(JsonNode schema, JsonNode body, String what) {
    Set<ValidationMessage> faults = schema(schema).validate(body);
    if (!faults.isEmpty()) {
      throw new AssertionError(what + " " + body + ", but /openapi: " + faults);
    }
  }

  private Optional<String> template(String path) {
    for (Map.Entry<String, JsonNode> known : document.path("paths").properties()) {
      String pattern = known.getKey().replaceAll("\\{[^}]+}", "[^/]+");
      if (path.matches(pattern)) {
        return Optional.of(known.getKey());
      }
    }
    return Optional.empty();
  }

  private JsonSchema schema(JsonNode schema) {
    return known.computeIfAbsent(
        schema.toString(),
        text -> {
          ObjectNode whole = schema.deepCopy();
          whole.set("components", document.path("components"));
          return SCHEMAS.getSchema(whole);
        });
  }
}
