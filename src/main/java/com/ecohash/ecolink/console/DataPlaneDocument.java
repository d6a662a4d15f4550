package com.ecohash.ecolink.console;

import com.ecohash.ecolink.instances.Category;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * The data plane in the document of the API: what containers answer is OpenAI's or their own, what
 * the gateway answers itself has a schema. Runs in the build alone.
 */
final class DataPlaneDocument {
  private static final String MODEL = "OpenAiModel";
  private static final String MODELS = "OpenAiModelList";

  private DataPlaneDocument() {}

  static void add(OpenAPI document) {
    for (Category category : Category.values()) {
      document
          .getPaths()
          .addPathItem(category.endpoint(), OASFactory.createPathItem().POST(served(category)));
    }
    document.getComponents().addSchema(MODEL, model()).addSchema(MODELS, models());
    get(document, "/v1/models", answered("What this key may call.", MODELS));
    get(document, "/v1/models/{model}", answered("One of them.", MODEL), "model");
    get(
        document,
        "/v1/video/generations/{job}",
        passed("How far a video is, as its container tells."),
        "job");
    get(
        document,
        "/v1/usage/{request_id}",
        answered("The receipt of an exchange.", "Receipt"),
        "request_id");
    document.getPaths().addPathItem("/inference-instances/{id}/proxy/{path}", customPath());
  }

  /** As OpenAI has it. */
  private static Schema model() {
    return ApiDocumentFilter.object()
        .addProperty("id", ApiDocumentFilter.string().description("As it goes into `model`."))
        .addProperty("object", ApiDocumentFilter.string())
        .addProperty("created", integer().description("Seconds since 1970."))
        .addProperty("owned_by", ApiDocumentFilter.string())
        .required(List.of("id", "object", "created", "owned_by"));
  }

  private static Schema models() {
    Schema data =
        OASFactory.createSchema()
            .addType(Schema.SchemaType.ARRAY)
            .items(ApiDocumentFilter.reference(MODEL));
    return ApiDocumentFilter.object()
        .addProperty("object", ApiDocumentFilter.string())
        .addProperty("data", data)
        .required(List.of("object", "data"));
  }

  private static Operation served(Category category) {
    boolean form = category == Category.AUDIO_TRANSCRIPTION;
    Schema body =
        ApiDocumentFilter.object()
            .additionalPropertiesBoolean(true)
            .addProperty(
                "model",
                ApiDocumentFilter.string().description("`name:id`, or a platform model's name."))
            .required(List.of("model"));
    Content content =
        ApiDocumentFilter.content(form ? "multipart/form-data" : ApiDocumentFilter.JSON, body);
    return passed("Calls an instance of the category " + category.wireName() + ".")
        .operationId("call_" + category.wireName())
        .requestBody(OASFactory.createRequestBody().required(true).content(content));
  }

  /** Every method passes; those that clients are made for. */
  private static PathItem customPath() {
    return OASFactory.createPathItem()
        .GET(custom("get"))
        .HEAD(custom("head"))
        .OPTIONS(custom("options"))
        .POST(custom("post"))
        .PUT(custom("put"))
        .PATCH(custom("patch"))
        .DELETE(custom("delete"));
  }

  private static Operation custom(String method) {
    Operation operation =
        passed("Calls a custom instance; everything passes as it is.")
            .operationId("proxy_" + method)
            .addParameter(inPath("id", integer()))
            .addParameter(
                inPath(
                    "path",
                    ApiDocumentFilter.string()
                        .description(
                            "The instance's custom API path or one below it; may hold slashes.")));
    return List.of("get", "head", "options").contains(method)
        ? operation
        : operation.requestBody(
            OASFactory.createRequestBody()
                .content(ApiDocumentFilter.content("*/*", OASFactory.createSchema())));
  }

  private static void get(
      OpenAPI document, String path, Operation operation, String... pathParameters) {
    for (String name : pathParameters) {
      operation.addParameter(inPath(name, ApiDocumentFilter.string()));
    }
    document.getPaths().addPathItem(path, OASFactory.createPathItem().GET(operation));
  }

  private static Parameter inPath(String name, Schema schema) {
    return OASFactory.createParameter()
        .name(name)
        .in(Parameter.In.PATH)
        .required(true)
        .schema(schema);
  }

  private static Schema integer() {
    return OASFactory.createSchema().addType(Schema.SchemaType.INTEGER).format("int64");
  }

  private static Operation passed(String summary) {
    return operation(
        summary, OASFactory.createAPIResponse().description("The container's answer, as it came."));
  }

  private static Operation answered(String summary, String schema) {
    return operation(
        summary, ApiDocumentFilter.answer(summary, ApiDocumentFilter.reference(schema)));
  }

  private static Operation operation(String summary, APIResponse answer) {
    return OASFactory.createOperation()
        .summary(summary)
        .addSecurityRequirement(ApiDocumentFilter.requires(ApiDocumentFilter.BEARER))
        .responses(OASFactory.createAPIResponses().addAPIResponse("200", answer));
  }
}
