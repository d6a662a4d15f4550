package com.ecohash.ecolink.console;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Names pages after what is on them: {@code KeyPage}, where the scanner counts {@code PageView2}.
 * Runs in the build alone.
 */
final class PageSchemas {
  private static final String PREFIX = "#/components/schemas/";

  private final Map<String, String> newNames = new HashMap<>();

  private PageSchemas(Components components) {
    for (Map.Entry<String, Schema> schema : Map.copyOf(components.getSchemas()).entrySet()) {
      Schema data = items(schema);
      if (data != null) {
        String item = data.getRef().substring(PREFIX.length());
        String name = item.replaceAll("View$", "") + "Page";
        newNames.put(PREFIX + schema.getKey(), PREFIX + name);
        components.addSchema(name, schema.getValue());
        components.removeSchema(schema.getKey());
      }
    }
  }

  /** What is on a page; null if this is none. */
  private static @Nullable Schema items(Map.Entry<String, Schema> schema) {
    Schema data =
        schema.getKey().startsWith("Page") ? schema.getValue().getProperties().get("data") : null;
    return data == null ? null : data.getItems();
  }

  static void rename(OpenAPI document) {
    PageSchemas names = new PageSchemas(document.getComponents());
    document
        .getPaths()
        .getPathItems()
        .values()
        .forEach(item -> item.getOperations().values().forEach(names::rename));
  }

  private void rename(Operation operation) {
    for (APIResponse answer : operation.getResponses().getAPIResponses().values()) {
      if (answer.getContent() != null) {
        answer.getContent().getMediaTypes().values().forEach(this::rename);
      }
    }
  }

  private void rename(MediaType type) {
    Schema schema = type.getSchema();
    if (schema != null && schema.getRef() != null && newNames.containsKey(schema.getRef())) {
      schema.setRef(newNames.get(schema.getRef()));
    }
  }
}
