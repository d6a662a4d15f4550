package com.ecohash.ecolink.console;

import com.ecohash.ecolink.instances.Category;
import java.util.ArrayList;
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
  private static final String JSON = "application/json";
  private static final String ERROR = "Error";
  private static final String MONEY = "^-?[0-9]+([.][0-9]+)?$";
  private static final String BEARER = "bearer";
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
    dataPlane(document);
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

  private static SecurityRequirement requires(String scheme) {
    return OASFactory.createSecurityRequirement().addScheme(scheme);
  }

  // ---- the data plane: containers answer it, so its bodies are OpenAI's

  private static void dataPlane(OpenAPI document) {
    for (Category category : Category.values()) {
      document
          .getPaths()
          .addPathItem(category.endpoint(), OASFactory.createPathItem().POST(served(category)));
    }
    get(document, "/v1/models", "What this key may call, as OpenAI lists models.", List.of());
    get(document, "/v1/models/{model}", "One of them.", List.of("model"));
    get(document, "/v1/video/generations/{job}", "How far a video is.", List.of("job"));
    get(document, "/v1/usage/{request_id}", "The receipt of an exchange.", List.of("request_id"));
  }

  private static Operation served(Category category) {
    boolean form = category == Category.AUDIO_TRANSCRIPTION;
    Schema body =
        object()
            .additionalPropertiesBoolean(true)
            .addProperty("model", string().description("`name:id`, or a platform model's name."))
            .required(List.of("model"));
    return operation("Calls an instance of the category " + category.wireName() + ".")
        .operationId("call_" + category.wireName())
        .requestBody(
            OASFactory.createRequestBody()
                .required(true)
                .content(content(form ? "multipart/form-data" : JSON, body)));
  }

  private static void get(
      OpenAPI document, String path, String summary, List<String> pathParameters) {
    Operation operation = operation(summary);
    pathParameters.forEach(
        name ->
            operation.addParameter(
                OASFactory.createParameter()
                    .name(name)
                    .in(org.eclipse.microprofile.openapi.models.parameters.Parameter.In.PATH)
                    .required(true)
                    .schema(string())));
    document.getPaths().addPathItem(path, OASFactory.createPathItem().GET(operation));
  }

  private static Operation operation(String summary) {
    APIResponse answer =
        OASFactory.createAPIResponse().description("The container's answer, as it came.");
    List<SecurityRequirement> keys = new ArrayList<>(List.of(requires(BEARER)));
    return OASFactory.createOperation()
        .summary(summary)
        .security(keys)
        .responses(OASFactory.createAPIResponses().addAPIResponse("200", answer));
  }

  private static APIResponse answer(String description, Schema schema) {
    return OASFactory.createAPIResponse().description(description).content(content(JSON, schema));
  }

  private static Content content(String type, Schema schema) {
    return OASFactory.createContent()
        .addMediaType(type, OASFactory.createMediaType().schema(schema));
  }

  private static Schema reference(String name) {
    return OASFactory.createSchema().ref("#/components/schemas/" + name);
  }

  private static Schema object() {
    return OASFactory.createSchema()
        .addType(Schema.SchemaType.OBJECT)
        .additionalPropertiesBoolean(false)
        .properties(new TreeMap<>(Map.of()));
  }

  private static Schema string() {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
  }
}
