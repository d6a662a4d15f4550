package com.ecohash.ecolink.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which exchanges of the custom path are sent a second time (SPEC 2.2 and 2.3). */
@ExtendWith(ArquillianExtension.class)
class CustomFailoverIT {
  @ArquillianResource private URL address;

  private final FakeContainer west = FakeContainer.start();
  private final FakeContainer central = FakeContainer.start();
  private RunningGateway gateway;
  private Tenant tenant;
  private String path = "";

  @Deployment(testable = false)
  static WebArchive archive() {
    return RunningGateway.archive();
  }

  @BeforeEach
  void begin() {
    gateway = RunningGateway.at(address);
    tenant = Tenant.on(gateway);
  }

  @AfterEach
  void end() {
    west.close();
    central.close();
  }

  private void launch(FakeContainer... containers) {
    long id =
        tenant.launchCustom(
            "/", "http/1.1", Stream.of(containers).map(FakeContainer::uri).toArray(URI[]::new));
    path = "/inference-instances/" + id + "/proxy/x";
  }

  private HttpResponse<String> ask(String method, String body) {
    HttpRequest.BodyPublisher publisher =
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    return gateway.send(tenant.authorized(path).method(method, publisher).build());
  }

  private static Behaviour failing(String how) {
    return switch (how) {
      case "close" -> new Behaviour.CloseBeforeHeaders();
      case "502", "503", "504" -> new Behaviour.Status(Integer.parseInt(how), "not now");
      case "empty" -> new Behaviour.Status(200, "");
      case "garbage" -> Behaviour.Raw.thenClose("\u0000\u0001 this is no HTTP\r\n\r\n");
      default -> throw new IllegalArgumentException(how);
    };
  }

  @ParameterizedTest
  @CsvSource({"GET,''", "POST,''", "POST,body", "PUT,body", "PATCH,body", "PROPFIND,''"})
  void goesOnWhereNoConnectionIsMade(String method, String body) {
    launch(west, central);
    west.close();
    for (int i = 0; i < 4; i++) {
      assertThat(ask(method, body).statusCode()).isEqualTo(200);
    }
    await().until(() -> central.answeredInFull() == 4);
    if (!body.isEmpty()) {
      assertThat(central.received().get(0).text()).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "502", "503", "504", "empty", "garbage"})
  void goesOnWithAGetThatFailed(String how) {
    west.behave(failing(how));
    launch(west, central);
    for (int i = 0; i < 4; i++) {
      HttpResponse<String> answer = ask("GET", "");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("Hello there");
    }
    await().until(() -> central.answeredInFull() == 4);
  }

  @ParameterizedTest
  @CsvSource({"PUT,''", "DELETE,''", "OPTIONS,''"})
  void goesOnWithOtherIdempotentMethods(String method, String body) {
    west.behave(failing("503"));
    launch(west, central);
    for (int i = 0; i < 4; i++) {
      assertThat(ask(method, body).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"POST,''", "POST,body", "PATCH,body", "PUT,body", "DELETE,body"})
  void sendsNothingTwiceThatMayHaveBeenProcessed(String method, String body) {
    west.behave(failing("close"));
    central.behave(failing("close"));
    launch(west, central);

    HttpResponse<String> answer = ask(method, body);

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(Tenant.json(answer.body()).at("/error/code").asText()).isEqualTo("bad_gateway");
    assertThat(west.received().size() + central.received().size()).isEqualTo(1);
    assertThat(tenant.receiptOf(answer).path("attempts")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 503, 504})
  void passesAnAnswerOnWhoseRequestCannotBeSentAgain(int status) {
    west.behave(new Behaviour.Status(status, "not now"));
    central.behave(new Behaviour.Status(status, "not now"));
    launch(west, central);

    HttpResponse<String> answer = ask("POST", "body");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo("not now");
    assertThat(west.received().size() + central.received().size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"503,not now", "200,''"})
  void passesTheLastAnswerOnWhenAllRegionsFail(int status, String body) {
    west.behave(new Behaviour.Status(status, body));
    central.behave(new Behaviour.Status(status, body));
    launch(west, central);

    HttpResponse<String> answer = ask("GET", "");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body);
    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.path("attempts")).hasSize(2);
    assertThat(receipt.path("ending").asText())
        .isEqualTo(status == 200 ? "completed" : "container_error");
  }

  @ParameterizedTest
  @CsvSource({"GET,''", "POST,body", "PUT,body"})
  void isNotTroubledByConnectionsThatDie(String method, String body) {
    west.behave(new Behaviour.AnswerThenClose(5));
    launch(west);
    for (int i = 0; i < 50; i++) {
      assertThat(ask(method, body).statusCode()).isEqualTo(200);
    }
    await().until(() -> west.answeredInFull() == 50);
  }

  @Test
  void reusesConnectionsForWhatMayBeSentAgain() {
    launch(west);
    assertThat(ask("GET", "").statusCode()).isEqualTo(200);
    int connections = west.connections();
    for (int i = 0; i < 20; i++) {
      assertThat(ask("GET", "").statusCode()).isEqualTo(200);
    }
    assertThat(west.connections() - connections).isLessThan(15); // health checks have theirs
  }

  @Test
  void answers504WhenTheContainerSaysNothing() {
    west.behave(new Behaviour.Stall());
    central.behave(new Behaviour.Stall());
    launch(west, central);

    HttpResponse<String> answer = ask("GET", "");

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).contains("ecolink.upstream.first-byte-timeout");
    assertThat(tenant.receiptOf(answer).path("ending").asText()).isEqualTo("timeout");
    assertThat(tenant.receiptOf(answer).path("attempts")).hasSize(1);
  }
}
