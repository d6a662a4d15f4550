package com.ecohash.ecolink.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console's files, handed out alike by every server. */
@ArquillianTest
class ConsoleFilesIT {
  private static final String MODULE = "/app/js/main.js";

  @ArquillianResource private URL address;

  private RunningGateway gateway;

  @Deployment(testable = false)
  static WebArchive archive() {
    return RunningGateway.archive();
  }

  @BeforeEach
  void find() {
    gateway = RunningGateway.at(address);
  }

  private HttpResponse<String> get(String path, String field, String value) {
    return gateway.send(HttpRequest.newBuilder(gateway.resolve(path)).header(field, value).build());
  }

  @Test
  void areClosedToWhatComesFromElsewhere() {
    for (String path : new String[] {"/app/billing", MODULE}) {
      HttpResponse<String> file = gateway.get(path);
      assertThat(file.statusCode()).isEqualTo(200);
      assertThat(file.headers().firstValue("content-security-policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(file.headers().firstValue("x-content-type-options")).hasValue("nosniff");
      assertThat(file.headers().firstValue("referrer-policy")).hasValue("no-referrer");
    }
    assertThat(gateway.get(MODULE).headers().firstValue("content-type").orElseThrow())
        .startsWith("text/javascript");
    assertThat(gateway.get("/app/billing").headers().firstValue("content-type").orElseThrow())
        .startsWith("text/html");
  }

  @Test
  void areAskedForAgainAndSentOnlyIfTheyChanged() {
    HttpResponse<String> first = gateway.get(MODULE);
    assertThat(first.headers().firstValue("cache-control")).hasValue("no-cache");
    HttpResponse<String> again =
        get(MODULE, "If-None-Match", first.headers().firstValue("etag").orElseThrow());
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(
            gateway
                .get("/app/lib/chartjs-4.5.1/chart.umd.min.js")
                .headers()
                .firstValue("cache-control")
                .orElseThrow())
        .contains("immutable");
  }

  @Test
  void areCompressedForThoseWhoReadThat() throws IOException, InterruptedException {
    HttpResponse<byte[]> compressed =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(gateway.resolve(MODULE))
                    .header("Accept-Encoding", "gzip, br")
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(compressed.headers().firstValue("content-encoding")).hasValue("gzip");
    assertThat(compressed.headers().firstValue("vary")).hasValue("Accept-Encoding");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
        .isEqualTo(gateway.get(MODULE).body().getBytes(StandardCharsets.UTF_8));
    assertThat(get(MODULE, "Accept-Encoding", "gzip;q=0").headers().firstValue("content-encoding"))
        .isEmpty();
  }

  @Test
  void areNothingElseOfTheArchive() {
    assertThat(
            Stream.of(
                    "/app/nonsense",
                    "/app/js/",
                    "/app/js/pages/none.js",
                    "/app/%2e%2e/WEB-INF/web.xml",
                    "/app/..%2fWEB-INF/web.xml",
                    "/app/..;/WEB-INF/web.xml",
                    "/com/ecohash/ecolink/launcher/Main.class",
                    "/WEB-INF/web.xml")
                .map(path -> gateway.get(path).statusCode()))
        .allMatch(status -> status >= 400 && status < 500);
  }

  @Test
  void beginWithThePageOfInstances() {
    for (String path : new String[] {"/", "/app", "/app/"}) {
      HttpResponse<String> answer = gateway.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(302);
      assertThat(answer.headers().firstValue("location").orElseThrow()).endsWith("/app/instances");
    }
  }
}
