package com.ecohash.ecolink.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.testing.Http2Container;
import java.io.IOException;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The custom path with HTTP/2 that is no gRPC, on either side of the gateway (SPEC 2.2). */
@ExtendWith(ArquillianExtension.class)
class CustomHttp2IT {
  @ArquillianResource private URL address;

  private final Http2Container container = Http2Container.start();
  private RunningGateway gateway;
  private Tenant tenant;
  private String path;

  @Deployment(testable = false)
  static WebArchive archive() {
    return RunningGateway.archive();
  }

  @BeforeEach
  void begin() {
    gateway = RunningGateway.at(address);
    tenant = Tenant.on(gateway);
    path =
        "/inference-instances/"
            + tenant.launchCustom("/generate", "h2c", container.uri())
            + "/proxy/generate";
  }

  @AfterEach
  void end() {
    container.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PROPFIND"})
  void carriesAnyMethodAndItsBody(String method) {
    HttpResponse<String> answer =
        gateway.send(
            tenant
                .authorized(path + "/a%20b?q=%2F")
                .method(method, HttpRequest.BodyPublishers.ofString("of " + method))
                .build());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("of " + method);
    assertThat(container.received()).containsExactly(method + " /generate/a%20b?q=%2F");
  }

  @Test
  void passesTrailersOfAnHttp1ClientBothWays() throws IOException {
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(
          "POST "
              + path
              + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
              + tenant.key()
              + "\r\nTransfer-Encoding: chunked\r\nTrailer: X-Up\r\n\r\n"
              + "1\r\na\r\n0\r\nX-Up: yes\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 200");
      assertThat(client.chunk()).isEqualTo("a");
      assertThat(client.chunk()).isEmpty();
      assertThat(client.line().toLowerCase(Locale.ROOT)).isEqualTo("x-echo-x-up: yes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?sized"})
  void passesTrailersOfAnHttp2ClientBothWays(String query) throws Exception {
    HttpClient client = new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client()));
    client.start();
    try {
      HttpFields trailers = HttpFields.build().put("x-up", "yes").asImmutable();
      ContentResponse answer =
          client
              .newRequest(gateway.resolve(path + query))
              .method("POST")
              .headers(fields -> fields.put("Authorization", "Bearer " + tenant.key()))
              .body(new BytesRequestContent("a piece".getBytes(UTF_8)))
              .trailersSupplier(() -> trailers)
              .send();
      assertThat(answer.getStatus()).isEqualTo(200);
      assertThat(answer.getContentAsString()).isEqualTo("a piece");
      assertThat(answer.getTrailers().get("x-echo-x-up")).isEqualTo("yes");
    } finally {
      client.stop();
    }
  }
}
