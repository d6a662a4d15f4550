package com.ecohash.ecolink.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.SampleMedia;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URL;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Videos that take longer than an answer, on either server. */
@ExtendWith(ArquillianExtension.class)
class VideoJobsIT {
  private static final Map<String, String> BY_SECOND = Map.of("seconds", "0.50");

  @ArquillianResource private URL address;

  private final FakeContainer west = FakeContainer.start();
  private final FakeContainer central = FakeContainer.start();
  private Tenant tenant;

  @Deployment(testable = false)
  static WebArchive archive() {
    return RunningGateway.archive();
  }

  @BeforeEach
  void begin() {
    tenant = Tenant.on(RunningGateway.at(address));
  }

  @AfterEach
  void end() {
    west.close();
    central.close();
  }

  // ---- video ------------------------------------------------------------------------------------

  /** A container whose jobs are all called the same, and which completes them when told. */
  private static final class VideoServer {
    private final String video;
    private volatile String status = "queued";

    VideoServer(FakeContainer on, String video) {
      this.video = video;
      on.behave(new Behaviour.By(request -> new Behaviour.Status(200, job())));
    }

    String job() {
      return "{\"id\":\"job-1\",\"object\":\"video\", \"video\":\"%s\",\"status\":\"%s\"%s}"
          .formatted(video, status, status.equals("completed") ? ",\"duration_seconds\":6.5" : "");
    }

    void completes() {
      status = "completed";
    }
  }

  private HttpResponse<byte[]> begin(String model) {
    return tenant.call(
        "/v1/video/generations",
        "{\"prompt\":\"a cat\",\"seconds\":4,\"model\":\"" + model + "\"}");
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    return Tenant.json(new String(answer.body(), UTF_8));
  }

  private JsonNode jobReceipt(HttpResponse<byte[]> answer) {
    String id = answer.headers().firstValue("x-ecolink-job-receipt").orElseThrow();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> tenant.get("/v1/usage/" + id).statusCode() == 200);
    return tenant.receipt(id);
  }

  @Test
  void answersWithTheContainersJobAndFollowsIt() {
    VideoServer server = new VideoServer(west, "west");
    String model = tenant.launch("video", BY_SECOND, west);

    HttpResponse<byte[]> begun = begin(model);
    assertThat(new String(begun.body(), UTF_8)).isEqualTo(server.job());
    assertThat(tenant.receiptOf(begun).path("cost").asText()).isEqualTo("0.00");
    HttpResponse<byte[]> working = tenant.get("/v1/video/generations/job-1");
    assertThat(json(working).path("status").asText()).isEqualTo("queued");

    server.completes();
    HttpResponse<byte[]> done = tenant.get("/v1/video/generations/job-1");

    assertThat(new String(done.body(), UTF_8)).isEqualTo(server.job());
    JsonNode receipt = jobReceipt(begun);
    assertThat(receipt.at("/units/seconds").asDouble()).isEqualTo(6.5);
    assertThat(receipt.path("cost").asText()).isEqualTo("3.25");
    assertThat(receipt.path("ending").asText()).isEqualTo("completed");
    assertThat(tenant.receiptOf(done).path("cost").asText()).isEqualTo("0.00");
  }

  @Test
  void metersAJobThatNobodyAsksFor() {
    VideoServer server = new VideoServer(west, "west");
    HttpResponse<byte[]> begun = begin(tenant.launch("video", BY_SECOND, west));

    server.completes();

    assertThat(jobReceipt(begun).path("cost").asText()).isEqualTo("3.25");
  }

  @Test
  void keepsJobsOfTheSameNameApart() {
    new VideoServer(west, "west");
    new VideoServer(central, "central");
    HttpResponse<byte[]> one = begin(tenant.launch("video", BY_SECOND, west));
    HttpResponse<byte[]> other = begin(tenant.launch("video", BY_SECOND, central));

    String oneId = json(one).path("id").asText();
    String otherId = json(other).path("id").asText();

    assertThat(otherId).startsWith("job-1:req_").isNotEqualTo(oneId);
    assertThat(json(tenant.get("/v1/video/generations/" + oneId)).path("video").asText())
        .isEqualTo("west");
    HttpResponse<byte[]> asked = tenant.get("/v1/video/generations/" + otherId.replace(":", "%3A"));
    assertThat(json(asked).path("video").asText()).isEqualTo("central");
    assertThat(json(asked).path("id").asText()).isEqualTo(otherId);
  }

  @Test
  void showsNobodyTheJobOfAnother() {
    new VideoServer(west, "west");
    begin(tenant.launch("video", BY_SECOND, west));
    Tenant stranger = Tenant.on(RunningGateway.at(address));

    assertThat(stranger.get("/v1/video/generations/job-1").statusCode()).isEqualTo(404);
  }

  @Test
  void metersAFinishedVideoFromItsAnswer() {
    west.behave(
        new Behaviour.Status(200, "{\"created\":1,\"data\":[{\"url\":\"u\"}],\"seconds\":\"4\"}"));

    HttpResponse<byte[]> answer = begin(tenant.launch("video", BY_SECOND, west));

    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.at("/units/seconds").asDouble()).isEqualTo(4.0);
    assertThat(receipt.path("cost").asText()).isEqualTo("2.00");
    assertThat(answer.headers().firstValue("x-ecolink-job-receipt")).isEmpty();
  }

  @Test
  void measuresAVideoThatIsTheAnswer() {
    west.behave(new Behaviour.Content("video/mp4", SampleMedia.mp4()));

    HttpResponse<byte[]> answer = begin(tenant.launch("video", BY_SECOND, west));

    assertThat(answer.body()).isEqualTo(SampleMedia.mp4());
    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.at("/units/seconds").asDouble()).isEqualTo(2.5);
    assertThat(receipt.path("source").asText()).isEqualTo("measured");
    assertThat(receipt.path("cost").asText()).isEqualTo("1.25");
  }

  @Test
  void measuresAVideoThatIsTheAnswerAboutItsJob() {
    west.behave(
        new Behaviour.By(
            request ->
                request.method().equals("POST")
                    ? new Behaviour.Status(200, "{\"id\":\"job-1\",\"status\":\"queued\"}")
                    : new Behaviour.Content("video/mp4", SampleMedia.mp4())));

    HttpResponse<byte[]> begun = begin(tenant.launch("video", BY_SECOND, west));

    assertThat(tenant.get("/v1/video/generations/job-1").body()).isEqualTo(SampleMedia.mp4());
    assertThat(jobReceipt(begun).path("cost").asText()).isEqualTo("1.25");
  }

  @Test
  void asksTheRegionThatHasTheJob() {
    new VideoServer(west, "west");
    new VideoServer(central, "central");
    String model = tenant.launch("video", BY_SECOND, west, central);

    for (int i = 0; i < 6; i++) {
      JsonNode begun = json(begin(model));
      String id = begun.path("id").asText().replace(":", "%3A");
      HttpResponse<byte[]> seen = tenant.get("/v1/video/generations/" + id);
      assertThat(json(seen).path("video"))
          .as(
              () ->
                  id
                      + " "
                      + seen.statusCode()
                      + " "
                      + seen.headers()
                      + new String(seen.body(), UTF_8))
          .isEqualTo(begun.path("video"));
    }
  }

  @Test
  void billsOnceWhatTheClientAndThePollSee() {
    VideoServer server = new VideoServer(west, "west");
    HttpResponse<byte[]> begun = begin(tenant.launch("video", BY_SECOND, west));
    server.completes();

    for (int i = 0; i < 20; i++) {
      assertThat(tenant.get("/v1/video/generations/job-1").statusCode()).isEqualTo(200);
    }

    String id = jobReceipt(begun).path("id").asText();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> tenant.manage("/api/billing").path("balance").asText().equals("96.75"));
    JsonNode records = tenant.manage("/api/usage?limit=1000").path("data");
    assertThat(records).filteredOn(record -> record.path("id").asText().equals(id)).hasSize(1);
    assertThat(records)
        .filteredOn(record -> !record.path("cost").asText().equals("0.00"))
        .hasSize(1);
  }

  @Test
  void billsNoVideoThatFailed() {
    VideoServer server = new VideoServer(west, "west");
    HttpResponse<byte[]> begun = begin(tenant.launch("video", BY_SECOND, west));

    server.status = "failed";

    JsonNode receipt = jobReceipt(begun);
    assertThat(receipt.path("ending").asText()).isEqualTo("container_failed");
    assertThat(receipt.path("cost").asText()).isEqualTo("0.00");
  }

  @Test
  void billsNoVideoThatItsContainerForgot() {
    new VideoServer(west, "west");
    HttpResponse<byte[]> begun = begin(tenant.launch("video", BY_SECOND, west));

    west.behave(new Behaviour.Status(410, "{}"));

    assertThat(jobReceipt(begun).path("ending").asText()).isEqualTo("container_error");
    assertThat(tenant.get("/v1/video/generations/job-1").statusCode()).isEqualTo(410);
  }

  @Test
  void losesTheVideoOfAnInstanceThatIsStopped() {
    new VideoServer(west, "west");
    String model = tenant.launch("video", BY_SECOND, west);
    HttpResponse<byte[]> begun = begin(model);

    tenant.delete("/api/instances/" + model.substring(model.indexOf(':') + 1));

    assertThat(jobReceipt(begun).path("ending").asText()).isEqualTo("unreachable");
    assertThat(tenant.get("/v1/video/generations/job-1").statusCode()).isEqualTo(503);
  }

  @Test
  void followsAJobWhoseAnswerIsLong() {
    String prompt = "a cat ".repeat(400_000);
    west.behave(
        new Behaviour.By(
            request ->
                new Behaviour.Status(
                    200,
                    "{\"id\":\"job-1\",\"prompt\":\"%s\",\"seconds\":\"4\",\"status\":\"%s\"}"
                        .formatted(prompt, request.method().equals("GET") ? "done" : "queued"))));

    HttpResponse<byte[]> begun = begin(tenant.launch("video", BY_SECOND, west));

    assertThat(json(begun).path("prompt").asText()).isEqualTo(prompt);
    assertThat(tenant.get("/v1/video/generations/job-1").statusCode()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> tenant.manage("/api/billing").path("balance").asText().equals("98.00"));
  }

  @Test
  void goesOnAfterAJobWhoseNameCannotBeStored() {
    VideoServer server = new VideoServer(central, "central");
    west.behave(new Behaviour.Status(200, "{\"id\":\"a\\u0000b\",\"status\":\"queued\"}"));
    HttpResponse<byte[]> odd = begin(tenant.launch("video", BY_SECOND, west));
    assertThat(json(odd).path("id").asText()).isEqualTo("a\0b");
    assertThat(odd.headers().firstValue("x-ecolink-job-receipt")).isEmpty();

    HttpResponse<byte[]> begun = begin(tenant.launch("video", BY_SECOND, central));
    server.completes();

    assertThat(jobReceipt(begun).path("cost").asText()).isEqualTo("3.25");
  }

  @Test
  void followsTheJobOfAPlatformModelForTheAccountThatBeganIt() {
    VideoServer server = new VideoServer(west, "west");
    String model = "platform-video-" + Long.toString(System.nanoTime(), 36);
    Tenant.on(RunningGateway.at(address)).launchPlatform(model, "video", BY_SECOND, west);

    HttpResponse<byte[]> begun = begin(model);
    server.completes();
    HttpResponse<byte[]> done = tenant.get("/v1/video/generations/job-1");

    assertThat(json(done).path("status").asText()).isEqualTo("completed");
    assertThat(jobReceipt(begun).path("cost").asText()).isEqualTo("3.25");
  }
}
