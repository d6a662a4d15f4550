package com.ecohash.ecolink.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.launcher.ServerUnderTest.Client;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonErrorsTest {
  private static final String FILLER = "a".repeat(70_000);

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request, 'GET / HTTP/1.1\r\n\r\n'",
    "400, invalid_request, 'BLAH\r\n\r\n'",
    "400, invalid_request, 'GET /a/%2e%2e/b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'",
    "400, invalid_request, 'GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n'",
    "400, invalid_request, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'",
    "414, invalid_request, 'GET /FILLER HTTP/1.1\r\nHost: a\r\n\r\n'",
    "431, headers_too_large, 'GET / HTTP/1.1\r\nHost: a\r\nX: FILLER\r\n\r\n'",
    "505, invalid_request, 'GET / HTTP/3.7\r\nHost: a\r\n\r\n'",
    "500, internal, 'GET /fail HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'",
    "404, not_found, 'GET /gone HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'",
  })
  void refusesInTheShapeThatSdksRead(int status, String code, String request) throws Exception {
    try (ServerUnderTest server = new ServerUnderTest(new FailOrGone());
        Client client = server.connect()) {
      client.send(request.replace("FILLER", FILLER));
      String answer = client.readAll();

      assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
      String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
      assertThat(head).contains("Content-Type: application/json").doesNotContain("Server:");
      JsonNode error =
          new ObjectMapper().readTree(answer.substring(head.length() + 4)).required("error");
      assertThat(error.required("code").asText()).isEqualTo(code);
      assertThat(error.required("param").isNull()).isTrue();
      assertThat(error.required("type").asText())
          .isEqualTo(status < 500 || status == 505 ? "invalid_request_error" : "server_error");
      assertThat(error.required("message").asText())
          .doesNotContain("Exception")
          .doesNotContain("secret");
    }
  }

  private static final class FailOrGone extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      if (Request.getPathInContext(request).equals("/fail")) {
        throw new IllegalStateException("a secret");
      }
      return false;
    }
  }
}
