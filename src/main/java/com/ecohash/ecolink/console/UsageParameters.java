package com.ecohash.ecolink.console;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * What usage is asked by, for the document of the API: {@code UsageQuestion} reads it from the
 * query, where the scanner does not see it. Runs in the build alone.
 */
final class UsageParameters {
  private static final List<String> FILTER = List.of("from", "to", "instance", "key");
  private static final List<String> PAGE = List.of("cursor", "limit");
  private static final List<String> GROUPS = List.of("group_by");

  private static final Map<String, List<List<String>>> PATHS =
      Map.of(
          "/api/usage", List.of(FILTER, GROUPS, PAGE),
          "/api/usage.csv", List.of(FILTER, GROUPS),
          "/api/usage/gpu-time", List.of(FILTER, PAGE));

  private UsageParameters() {}

  static void add(OpenAPI document) {
    PATHS.forEach(
        (path, names) -> {
          Operation operation = document.getPaths().getPathItem(path).getGET();
          names.forEach(some -> some.forEach(name -> operation.addParameter(parameter(name))));
        });
  }

  private static Parameter parameter(String name) {
    Parameter parameter =
        OASFactory.createParameter().name(name).in(Parameter.In.QUERY).required(false);
    return switch (name) {
      case "from", "to" -> parameter.schema(ApiDocumentFilter.string().format("date-time"));
      case "instance", "key" -> parameter.schema(integer("int64"));
      case "limit" -> parameter.schema(integer("int32"));
      case "group_by" ->
          parameter
              .description("day, instance, key, or several of them with commas between")
              .schema(ApiDocumentFilter.string());
      default -> parameter.schema(ApiDocumentFilter.string());
    };
  }

  private static Schema integer(String format) {
    return OASFactory.createSchema().addType(Schema.SchemaType.INTEGER).format(format);
  }
}
