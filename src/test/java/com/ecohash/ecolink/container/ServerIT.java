package com.ecohash.ecolink.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** What both servers do with the archive before any feature of the gateway is asked. */
@ArquillianTest
class ServerIT {
  @ArquillianResource private URL address;

  @Deployment(testable = false)
  static WebArchive archive() {
    return RunningGateway.archive();
  }

  private RunningGateway gateway() {
    return RunningGateway.at(address);
  }

  @Test
  void isReadyAtTheRootOfTheServer() {
    HttpResponse<String> answer = gateway().get("/health/ready");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).contains("\"status\":\"UP\"");
  }

  @Test
  void isAlive() {
    assertThat(gateway().get("/health/live").body()).contains("\"name\":\"process\"");
    assertThat(gateway().get("/health").statusCode()).isEqualTo(200);
    assertThat(gateway().get("/health/started").statusCode()).isEqualTo(200);
  }

  @Test
  void answersAnUnknownAddressInJson() {
    HttpResponse<String> answer = gateway().get("/nothing/here");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":{\"message\":\"There is nothing at this address.\","
                + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"not_found\"}}");
  }

  @Test
  void answersAnUnknownAddressToABrowserInWords() {
    HttpResponse<String> answer =
        gateway()
            .send(
                HttpRequest.newBuilder(gateway().resolve("/nothing/here"))
                    .header("Accept", "text/html,*/*;q=0.8")
                    .build());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("<p>There is nothing at this address.</p>");
  }

  @Test
  void servesStaticFiles() {
    HttpResponse<String> answer = gateway().get("/robots.txt");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(answer.body()).startsWith("User-agent: *");
  }

  @Test
  void deniesTheLaunchersClasses() {
    String main = "/com/ecohash/ecolink/launcher/Main.class";

    assertThat(gateway().get(main).statusCode()).isEqualTo(403);
    assertThat(gateway().get(main.replace("/com/", "/com%2f")).statusCode()).isIn(400, 403, 404);
    assertThat(gateway().get(main.replace("/com/", "//com/")).statusCode()).isIn(400, 403, 404);
    assertThat(gateway().get("/WEB-INF/web.xml").statusCode()).isIn(403, 404);
  }

  @Test
  void saysNothingOfTheServersMake() {
    HttpResponse<String> answer = gateway().get("/nothing/here");

    assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by");
  }
}
