package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ErrorJsonTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();

  @Test
  void hasTheShapeThatSdksRead() {
    ApiException e = new ApiException(ErrorType.UNAUTHORIZED, "No such key.");

    assertThat(new String(ErrorJson.body(e), UTF_8))
        .isEqualTo(
            "{\"error\":{\"message\":\"No such key.\",\"type\":\"authentication_error\","
                + "\"param\":null,\"code\":\"unauthorized\"}}");
  }

  @Test
  void anEventIsOneDataLineAndABlankOne() {
    ApiException e = new ApiException(ErrorType.CONTAINER_FAILED, "It died.\nReally.");

    assertThat(new String(ErrorJson.event(e), UTF_8))
        .isEqualTo(
            "data: {\"error\":{\"message\":\"It died.\\nReally.\",\"type\":\"server_error\","
                + "\"param\":null,\"code\":\"bad_gateway\"}}\n\n");
  }

  @Property(tries = 500)
  void anyMessageSurvives(@ForAll String message, @ForAll String param) throws IOException {
    JsonNode error =
        JACKSON.readTree(ErrorJson.body(ApiException.invalidRequest(param, message))).get("error");

    assertThat(error.get("message").textValue()).isEqualTo(message);
    assertThat(error.get("param").textValue()).isEqualTo(param);
  }

  @Property(tries = 500)
  void quotingAndUnquotingAreInverse(@ForAll String text) {
    byte[] quoted = JsonText.quote(text);

    assertThat(JsonText.unquote(quoted, 1, quoted.length - 1)).contains(text);
  }

  @Test
  void anExceptionCostsNoStackTrace() {
    ApiException e =
        new ApiException(ErrorType.OVERLOADED, "Try again.")
            .withParam("model")
            .withRetryAfter(Duration.ofSeconds(2));

    assertThat(e.getStackTrace()).isEmpty();
    assertThat(e.param()).contains("model");
    assertThat(e.retryAfter()).contains(Duration.ofSeconds(2));
    assertThat(e).hasMessage("Try again.");
  }

  @Test
  void statusesAreTheOnesOfTheContract() {
    assertThat(ErrorType.values())
        .allSatisfy(type -> assertThat(type.status()).isBetween(400, 504))
        .extracting(ErrorType::code)
        .contains("invalid_request", "model_not_priced", "no_healthy_region", "timeout");
  }
}
