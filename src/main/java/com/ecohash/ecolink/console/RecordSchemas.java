package com.ecohash.ecolink.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Says of the document's schemas what the records that they were made from know: an {@code
 * Optional} of an answer is there and may be null, one of a request may be left out, and there are
 * no members but these. Runs in the build alone.
 */
final class RecordSchemas {
  private static final PropertyNamingStrategies.SnakeCaseStrategy NAMES =
      new PropertyNamingStrategies.SnakeCaseStrategy();

  private final Map<String, Class<?>> answers = new LinkedHashMap<>();
  private final Map<String, Class<?>> requests = new LinkedHashMap<>();

  RecordSchemas() {
    for (Class<?> resource : ManagementApplication.resources()) {
      for (Class<?> nested : resource.getDeclaredClasses()) {
        collect(nested, answers);
      }
      for (Method method : resource.getDeclaredMethods()) {
        if (method.isSynthetic()) {
          continue; // a lambda, whose parameters are nobody's request
        }
        collect(method.getGenericReturnType(), answers);
        for (Type parameter : method.getGenericParameterTypes()) {
          collect(parameter, requests);
        }
        org.eclipse.microprofile.openapi.annotations.responses.APIResponse answer =
            method.getAnnotation(
                org.eclipse.microprofile.openapi.annotations.responses.APIResponse.class);
        if (answer != null && answer.content().length > 0) {
          collect(answer.content()[0].schema().implementation(), answers);
        }
      }
    }
    requests.keySet().forEach(answers::remove);
  }

  private static void collect(Type type, Map<String, Class<?>> records) {
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        collect(argument, records);
      }
    } else if (type instanceof Class<?> plain
        && plain.isRecord()
        && records.put(name(plain), plain) == null) {
      for (RecordComponent component : plain.getRecordComponents()) {
        collect(component.getGenericType(), records);
      }
    }
  }

  private static String name(Class<?> type) {
    org.eclipse.microprofile.openapi.annotations.media.Schema named =
        type.getAnnotation(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
    return named == null || named.name().isEmpty() ? type.getSimpleName() : named.name();
  }

  void refine(Map<String, Schema> schemas) {
    schemas.forEach(
        (name, schema) -> {
          if (requests.containsKey(name)) {
            refine(schema, requests.get(name), false);
          } else if (answers.containsKey(name)) {
            refine(schema, answers.get(name), true);
          } else if (name.startsWith("Page")) {
            refine(schema, Page.class, true);
          }
        });
  }

  private static void refine(Schema schema, Class<?> type, boolean answer) {
    if (schema.getProperties() == null) {
      return; // written as a plain value
    }
    List<String> required = new ArrayList<>();
    schema.setAdditionalPropertiesBoolean(false);
    for (RecordComponent component : type.getRecordComponents()) {
      String name = NAMES.translate(component.getName());
      boolean optional = component.getType() == Optional.class;
      boolean absent =
          Optional.ofNullable(component.getAnnotation(JsonInclude.class))
              .or(
                  () ->
                      Optional.ofNullable(component.getAccessor().getAnnotation(JsonInclude.class)))
              .isPresent();
      if (answer ? !absent : !optional) {
        required.add(name);
      }
      Schema property = schema.getProperties().get(name);
      if (property != null && optional && !absent) {
        schema.addProperty(name, orNull(property));
      }
    }
    if (!required.isEmpty()) {
      schema.setRequired(required);
    }
  }

  private static Schema orNull(Schema schema) {
    if (schema.getType() != null && !schema.getType().isEmpty()) {
      return schema.getType().contains(Schema.SchemaType.NULL)
          ? schema
          : schema.addType(Schema.SchemaType.NULL);
    }
    return OASFactory.createSchema()
        .addAnyOf(schema)
        .addAnyOf(OASFactory.createSchema().addType(Schema.SchemaType.NULL));
  }
}
