package com.ecohash.ecolink.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.testing.ApiDocument;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document of the API has what the resources have, no more and no less. */
final class ApiDocumentTest {
  private final JsonNode document = ApiDocument.built().json();

  @Test
  void hasEveryResourceMethodAndNoOther() {
    TreeSet<String> methods = new TreeSet<>();
    for (Class<?> resource : ManagementApplication.resources()) {
      for (Method method : resource.getDeclaredMethods()) {
        verb(method).ifPresent(verb -> methods.add(verb + " " + path(resource, method)));
      }
    }
    TreeSet<String> described = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        verb ->
                            described.add(verb.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    described.removeIf(call -> call.contains(" /v1/") || call.contains(" /inference-instances/"));

    assertThat(described).isEqualTo(methods);
    assertThat(methods).hasSizeGreaterThan(15);
  }

  private static Optional<String> verb(Method method) {
    return Stream.of(method.getAnnotations())
        .map(Annotation::annotationType)
        .map(type -> type.getAnnotation(HttpMethod.class))
        .filter(java.util.Objects::nonNull)
        .map(HttpMethod::value)
        .findFirst();
  }

  private static String path(Class<?> resource, Method method) {
    Path below = method.getAnnotation(Path.class);
    return "/api/"
        + resource.getAnnotation(Path.class).value()
        + (below == null ? "" : "/" + below.value());
  }

  @Test
  void hasTheDataPlane() {
    assertThat(document.path("paths").properties())
        .extracting(java.util.Map.Entry::getKey)
        .contains("/v1/chat/completions", "/v1/audio/transcriptions", "/v1/usage/{request_id}");
    assertThat(document.at("/paths/~1inference-instances~1{id}~1proxy~1{path}").properties())
        .extracting(java.util.Map.Entry::getKey)
        .contains("get", "post", "put", "patch", "delete");
  }

  @Test
  void saysWhatTheGatewayItselfAnswersOnTheDataPlane() {
    assertThat(answerOf("/v1/usage/{request_id}")).isEqualTo("#/components/schemas/Receipt");
    assertThat(answerOf("/v1/models")).isEqualTo("#/components/schemas/OpenAiModelList");
    assertThat(answerOf("/v1/models/{model}")).isEqualTo("#/components/schemas/OpenAiModel");
    assertThat(document.at("/components/schemas").has("Receipt")).isTrue();
  }

  private String answerOf(String path) {
    return document
        .path("paths")
        .path(path)
        .at("/get/responses/200/content/application~1json/schema/$ref")
        .asText();
  }

  @Test
  void saysWhatUsageIsAskedBy() {
    assertThat(parametersOf("/api/usage"))
        .containsExactlyInAnyOrder("from", "to", "instance", "key", "group_by", "cursor", "limit");
    assertThat(parametersOf("/api/usage.csv"))
        .containsExactlyInAnyOrder("from", "to", "instance", "key", "group_by");
    assertThat(parametersOf("/api/usage/gpu-time"))
        .containsExactlyInAnyOrder("from", "to", "instance", "key", "cursor", "limit");
    assertThat(parametersOf("/api/billing/transactions"))
        .containsExactlyInAnyOrder("from", "to", "kind", "cursor", "limit");
  }

  private java.util.List<String> parametersOf(String path) {
    return document.path("paths").path(path).at("/get/parameters").findValuesAsText("name");
  }

  @Test
  void saysHowErrorsLookAndWhoMayCall() {
    document
        .path("paths")
        .forEach(
            path ->
                path.forEach(
                    operation ->
                        assertThat(
                                operation
                                    .at("/responses/default/content/application~1json/schema/$ref")
                                    .asText())
                            .isEqualTo("#/components/schemas/Error")));
    assertThat(document.at("/components/securitySchemes").properties()).hasSize(2);
    assertThat(document.path("security")).hasSize(2);
  }

  @Test
  void namesItsSchemasAfterWhatTheyAre() {
    assertThat(document.at("/components/schemas").properties())
        .extracting(java.util.Map.Entry::getKey)
        .as("give nested records a name with @Schema(name = …)")
        .noneMatch(name -> name.matches("(View|Request|Summary)\\d*"))
        .noneMatch(name -> name.matches("Page.*|.*\\d"))
        .contains("KeyPage", "InstancePage");
  }

  @Test
  void knowsWhatMayBeMissingAndWhatMayBeNull() {
    JsonNode instance = document.at("/components/schemas/InstanceView");
    assertThat(instance.at("/properties/category/type")).hasSize(2);
    assertThat(instance.at("/properties/state/type").asText()).isEqualTo("string");
    assertThat(instance.path("required")).hasSizeGreaterThan(20);
    assertThat(document.at("/components/schemas/LaunchRequest").has("required")).isFalse();
    assertThat(document.at("/components/schemas/Billing/properties/balance").toString())
        .contains("Money");
    assertThat(document.at("/components/schemas/Money/type").asText()).isEqualTo("string");
    assertThat(document.at("/components/schemas/Price/required"))
        .extracting(name -> name.asText())
        .contains("instance_id", "unit")
        .doesNotContain("subject");
  }
}
