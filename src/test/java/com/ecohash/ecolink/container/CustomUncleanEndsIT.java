package com.ecohash.ecolink.container;

import static com.ecohash.ecolink.container.Aftermath.assertUnbilled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.Behaviour.Pieces;
import com.ecohash.ecolink.testing.Behaviour.Pieces.Then;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The custom path's ends that are not clean, and the record that each leaves (SPEC 2.3). */
class CustomUncleanEndsIT extends TwoRegions {
  private static final String EVENT = "data: 1\n\n";

  private String path() {
    return "/inference-instances/"
        + tenant.launchCustom("/", "http/1.1", west.uri())
        + "/proxy/generate";
  }

  private String head(String method, String path, String fields) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
        + tenant.key()
        + "\r\n"
        + fields
        + "\r\n";
  }

  /** Mode custom passes bytes as they are: nothing of the gateway's stands among them. */
  @ParameterizedTest
  @CsvSource({"CLOSE,container_failed,closed_in_body", "SILENCE,timeout,idle_timeout"})
  void cutsAStreamWhoseContainerDiesOrFallsSilent(Then then, String ending, String result)
      throws IOException {
    west.behave(Pieces.of(then, Answers.STREAM + Answers.chunk(EVENT)));
    String path = path();
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(head("GET", path, ""));
      String answer = client.untilEnd();
      assertThat(answer).doesNotContain("\r\n0\r\n", "\"error\"");
    }
    JsonNode record = aftermath.onlyRecord();
    assertUnbilled(record, ending, 200, result);
    assertThat(record.path("region").asText()).isNotEmpty();
  }

  @Test
  void cancelsTheContainersRequestWhenTheClientLeavesWithinTheAnswer() throws IOException {
    west.behave(new Behaviour.Ticking(Answers.STREAM, Answers.chunk(EVENT), Duration.ofMillis(50)));
    String path = path();
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(head("GET", path, ""));
      client.until(EVENT);
    }

    await().until(() -> west.abandoned() == 1);
    assertUnbilled(aftermath.onlyRecord(), "client_gone", 200, "client_gone");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 100\r\n\r\nhalf",
        "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
      })
  void cancelsTheContainersRequestWhenTheClientLeavesWithinItsOwn(String bodyBegun)
      throws IOException {
    String path = path();
    try (RawHttp client = new RawHttp(gateway.base())) {
      String head = head("POST", path, "");
      client.send(head.substring(0, head.length() - 2) + bodyBegun);
      await().until(() -> west.connections() > 0);
    }

    assertUnbilled(aftermath.onlyRecord(), "client_gone", 0, "client_gone");
    assertThat(west.answeredInFull()).isZero();
  }

  @Test
  void answers502WhenTheContainerClosesWithoutAnAnswer() throws IOException {
    west.behave(new Behaviour.CloseBeforeHeaders());
    String path = path();
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(head("POST", path, "Content-Length: 2\r\n") + "hi");
      RawHttp.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.headers()).contains("server-timing: ", "failover;dur=");
    }
    assertUnbilled(aftermath.onlyRecord(), "unreachable", 502, "closed_before_head");
  }

  // ---- requests that two readers could take for different ones ----------------------------------

  /** Refused, or read as the container reads it: never a request that only one of them sees. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nContent-Length: 3\r\n\r\nhi",
        "Content-Length: 2, 3\r\n\r\nhi",
        "Content-Length : 2\r\n\r\nhi",
        "Content-Length: +2\r\n\r\nhi",
        "Transfer-Encoding: chunked, identity\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
        "Transfer-Encoding: identity, chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
        "X-Folded: a\r\n b\r\nContent-Length: 2\r\n\r\nhi",
        "X-Bare: a\nContent-Length: 2\r\n\r\nhi",
        "X-Bare: a\nTransfer-Encoding: chunked\n\n2\r\nhi\r\n0\r\n\r\n",
      })
  void letsNoRequestHideInAnother(String odd) throws IOException {
    String hidden = "GET /hidden HTTP/1.1\r\nHost: gateway\r\n\r\n";
    String path = path();
    String ordinary = head("POST", path, "");
    for (String address : new String[] {path, "/v1/chat/completions"}) {
      try (RawHttp client = new RawHttp(gateway.base())) {
        String begun = ordinary.replace(path, address);
        client.send(begun.substring(0, begun.length() - 2) + odd + hidden);
        assertThat(client.answer().status()).isIn(200, 400, 411, 413, 415, 501);
      }
    }
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(head("GET", path, ""));
      assertThat(client.answer().status()).isEqualTo(200);
    }
    assertThat(west.received())
        .extracting(request -> request.target())
        .containsOnly("/generate")
        .hasSizeLessThanOrEqualTo(2);
    west.received()
        .forEach(
            request -> {
              if (request.method().equals("POST")) {
                assertThat(request.text()).isIn("hi", "");
              }
            });
  }
}
