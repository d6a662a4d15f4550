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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The document of the API, and whether real answers are as it says. */
public final class ApiDocument {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

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
    String pointer =
        "/paths/"
            + template.replace("~", "~0").replace("/", "~1")
            + "/"
            + method.toLowerCase(Locale.ROOT);
    JsonNode operation = document.at(pointer);
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
    Set<ValidationMessage> faults = schema(schema).validate(body);
    if (!faults.isEmpty()) {
      throw new AssertionError(
          method + " " + path + " answered " + status + " " + body + ", but /openapi: " + faults);
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
