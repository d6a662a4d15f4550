package com.ecohash.ecolink.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ErrorMapperTest {
  private final ErrorMapper mapper = new ErrorMapper();

  private static String body(Response response) {
    return new String((byte[]) response.getEntity(), StandardCharsets.UTF_8);
  }

  @Test
  void findsARefusalThatTheServerWrapped() {
    Response response =
        mapper.toResponse(
            new IllegalStateException(
                new RuntimeException(ApiException.invalidRequest("name", "No name."))));
    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(body(response))
        .isEqualTo(
            "{\"error\":{\"message\":\"No name.\",\"type\":\"invalid_request_error\","
                + "\"param\":\"name\",\"code\":\"invalid_request\"}}");
  }

  @Test
  void saysNothingOfTheServersOwnMessages() {
    Response response = mapper.toResponse(new NotFoundException("RESTEASY003210: com.ecohash"));
    assertThat(response.getStatus()).isEqualTo(404);
    assertThat(body(response)).contains("not_found").doesNotContain("RESTEASY");
    assertThat(mapper.toResponse(new NotSupportedException()).getStatus()).isEqualTo(415);
  }

  @Test
  void keepsTheHeaderAllow() {
    Response response = mapper.toResponse(new NotAllowedException("GET", new String[] {"DELETE"}));
    assertThat(response.getStatus()).isEqualTo(405);
    assertThat(response.getHeaderString("Allow")).contains("GET").contains("DELETE");
  }

  @Test
  void givesAnIdForWhatNobodyExpected() {
    Response response = mapper.toResponse(new IllegalStateException("secret detail"));
    assertThat(response.getStatus()).isEqualTo(500);
    assertThat(body(response))
        .contains("\"code\":\"internal\"")
        .doesNotContain("secret")
        .doesNotContain("Exception");
  }

  @Test
  void roundsTheWaitUp() {
    Response response =
        mapper.toResponse(
            new ApiException(ErrorType.OVERLOADED, "Busy.")
                .withRetryAfter(Duration.ofMillis(1_001)));
    assertThat(response.getHeaderString("Retry-After")).isEqualTo("2");
  }

  @Test
  void tellsHowToAuthenticate() {
    Response response = mapper.toResponse(new ApiException(ErrorType.UNAUTHORIZED, "No key."));
    assertThat(response.getHeaderString("WWW-Authenticate")).isEqualTo("Bearer");
  }
}
