package com.ecohash.ecolink.console;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * What the scanner of the build cannot see and the document of the API has to say: errors,
 * security, what may be null, and the data plane. Runs in the build alone.
 */
public final class ApiDocumentFilter implements OASFilter {
  static final String JSON = "application/json";
  private static final String ERROR = "Error";
  private static final String MONEY = "^-?[0-9]+([.][0-9]+)?$";
  static final String BEARER = "bearer";
  private static final String COOKIE = "session";

  @Override
  public void filterOpenAPI(OpenAPI document) {
    document
        .getComponents()
        .addSchema(ERROR, error())
        .addSecurityScheme(BEARER, bearer())
        .addSecurityScheme(COOKIE, cookie());
    document.setSecurity(List.of(requires(BEARER), requires(COOKIE)));
    new RecordSchemas().refine(document.getComponents().getSchemas());
    PageSchemas.rename(document);
    document
        .getComponents()
        .addSchema("Money", string().description("US dollars, exact.").pattern(MONEY));
    DataPlaneDocument.add(document);
    UsageParameters.add(document);
    document
        .getPaths()
        .getPathItems()
        .values()
        .forEach(item -> item.getOperations().values().forEach(ApiDocumentFilter::addErrors));
    document.getPaths().setPathItems(new TreeMap<>(document.getPaths().getPathItems()));
  }

  private static void addErrors(Operation operation) {
    operation
        .getResponses()
        .setDefaultValue(answer("What was wrong and what to do.", reference(ERROR)));
  }

  private static Schema error() {
    Schema inner =
        object()
            .addProperty("message", string())
            .addProperty("type", string())
            .addProperty("param", string().addType(Schema.SchemaType.NULL))
            .addProperty("code", string())
            .required(List.of("message", "type", "param", "code"));
    return object().addProperty("error", inner).required(List.of("error"));
  }

  private static SecurityScheme bearer() {
    return OASFactory.createSecurityScheme()
        .type(SecurityScheme.Type.HTTP)
        .scheme("bearer")
        .description(
            "A key with the scope `manage` here, `inference` on `/v1`; or the operator's, with the"
                + " header `X-EcoLink-Account` for the account it acts for.");
  }

  private static SecurityScheme cookie() {
    return OASFactory.createSecurityScheme()
        .type(SecurityScheme.Type.APIKEY)
        .in(SecurityScheme.In.COOKIE)
        .name("ecolink_session")
        .description(
            "A signed-in browser's; what changes something needs the header `X-CSRF-Token` too.");
  }

  static SecurityRequirement requires(String scheme) {
    return OASFactory.createSecurityRequirement().addScheme(scheme);
  }

  static APIResponse answer(String description, Schema schema) {
    return OASFactory.createAPIResponse().description(description).content(content(JSON, schema));
  }

  static Content content(String type, Schema schema) {
    return OASFactory.createContent()
        .addMediaType(type, OASFactory.createMediaType().schema(schema));
  }

  static Schema reference(String name) {
    return OASFactory.createSchema().ref("#/components/schemas/" + name);
  }

  static Schema object() {
    return OASFactory.createSchema()
        .addType(Schema.SchemaType.OBJECT)
        .additionalPropertiesBoolean(false)
        .properties(new TreeMap<>(Map.of()));
  }

  static Schema string() {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
  }
}
