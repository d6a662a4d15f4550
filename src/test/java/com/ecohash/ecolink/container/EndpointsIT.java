package com.ecohash.ecolink.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URL;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
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

/** The endpoints beside chat, on either server: what passes, and what is metered. */
@ExtendWith(ArquillianExtension.class)
class EndpointsIT {
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

  @Test
  void metersAnEmbeddingByItsTokens() {
    west.behave(
        new Behaviour.Status(
            200,
            "{\"object\":\"list\",\"data\":[{\"index\":0,\"embedding\":[0.1,2]}],"
                + "\"usage\":{\"prompt_tokens\":1000,\"total_tokens\":1000}}"));
    String model = tenant.launch("embedding", Map.of("input_tokens", "2.00"), west);

    HttpResponse<byte[]> answer =
        tenant.call("/v1/embeddings", "{\"input\":\"hello\",\"model\":\"" + model + "\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(west.received().get(0).target()).isEqualTo("/v1/embeddings");
    assertThat(west.received().get(0).text())
        .isEqualTo("{\"input\":\"hello\",\"model\":\"my-llama\"}");
    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.at("/units/input_tokens").asInt()).isEqualTo(1000);
    assertThat(receipt.path("cost").asText()).isEqualTo("0.002");
  }

  @Test
  void metersImagesByTheirNumber() {
    west.behave(
        new Behaviour.Status(
            200, "{\"created\":1,\"data\":[{\"b64_json\":\"AA==\"},{\"url\":\"u\"}]}"));
    String model = tenant.launch("image", Map.of("images", "0.04"), west);

    HttpResponse<byte[]> answer =
        tenant.call(
            "/v1/images/generations", "{\"prompt\":\"a\",\"n\":2,\"model\":\"" + model + "\"}");

    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.at("/units/images").asInt()).isEqualTo(2);
    assertThat(receipt.path("source").asText()).isEqualTo("reported");
    assertThat(receipt.path("cost").asText()).isEqualTo("0.08");
  }

  @Test
  void chargesImagesBySizeWhereASizeHasItsPrice() {
    west.behave(new Behaviour.Status(200, "{\"created\":1,\"data\":[{\"b64_json\":\"AA==\"}]}"));
    String model = tenant.launch("image", Map.of("images", "0.04"), west);
    tenant.price(model, ",\"unit\":\"images\",\"size\":\"1024x1536\",\"amount\":\"0.06\"");
    String request = "{\"prompt\":\"a\",\"size\":\"%s\",\"model\":\"" + model + "\"}";

    JsonNode large =
        tenant.receiptOf(tenant.call("/v1/images/generations", request.formatted("1024x1536")));
    JsonNode other =
        tenant.receiptOf(tenant.call("/v1/images/generations", request.formatted("512x512")));
    JsonNode unnamed =
        tenant.receiptOf(tenant.call("/v1/images/generations", request.formatted("auto")));

    assertThat(large.path("cost").asText()).isEqualTo("0.06");
    assertThat(large.path("image_size").asText()).isEqualTo("1024x1536");
    assertThat(other.path("cost").asText()).isEqualTo("0.04");
    assertThat(other.path("image_size").asText()).isEqualTo("512x512");
    assertThat(unnamed.path("cost").asText()).isEqualTo("0.04");
    assertThat(unnamed.path("image_size").isNull()).isTrue();
    assertThat(tenant.manage("/api/models").path("data"))
        .filteredOn(known -> known.path("model").asText().equals(model))
        .singleElement()
        .extracting(known -> known.path("prices").toString())
        .isEqualTo(
            "[{\"unit\":\"images\",\"size\":null,\"amount\":\"0.04\"},"
                + "{\"unit\":\"images\",\"size\":\"1024x1536\",\"amount\":\"0.06\"}]");
  }

  @Test
  void countsByItselfWhereAContainerReportsAnAbsurdNumber() {
    west.behave(
        new Behaviour.Status(
            200,
            "{\"choices\":[{\"message\":{\"content\":\"Hello there\"}}],"
                + "\"usage\":{\"prompt_tokens\":9007199254740992,\"completion_tokens\":1}}"));
    String model = tenant.launch(west);

    HttpResponse<byte[]> answer =
        tenant.call("/v1/chat/completions", Tenant.question(model, false));

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.path("source").asText()).isEqualTo("estimated");
    assertThat(receipt.at("/units/output_tokens").asInt()).isEqualTo(2);
  }

  @Test
  void passesSpeechOnByteForByteAndMetersItsSeconds() {
    byte[] samples = new byte[24_000 * 2 * 3]; // raw PCM: 24 kHz, 16 bit, mono, 3 s
    new Random(1).nextBytes(samples);
    west.behave(new Behaviour.Content("audio/pcm", samples));
    String model = tenant.launch("audio_speech", BY_SECOND, west);

    HttpResponse<byte[]> answer =
        tenant.call(
            "/v1/audio/speech",
            "{\"input\":\"hello\",\"voice\":\"x\",\"response_format\":\"pcm\",\"model\":\""
                + model
                + "\"}");

    assertThat(answer.body()).isEqualTo(samples);
    assertThat(answer.headers().firstValue("content-type")).contains("audio/pcm");
    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.at("/units/seconds").asDouble()).isEqualTo(3.0);
    assertThat(receipt.path("source").asText()).isEqualTo("measured");
    assertThat(receipt.path("cost").asText()).isEqualTo("1.50");
  }

  @Test
  void passesSpeechThatIsNoneAndMetersNothing() {
    west.behave(new Behaviour.Content("text/plain", "no sound".getBytes(UTF_8)));
    String model = tenant.launch("audio_speech", BY_SECOND, west);

    HttpResponse<byte[]> answer =
        tenant.call("/v1/audio/speech", "{\"input\":\"x\",\"model\":\"" + model + "\"}");

    assertThat(answer.body()).isEqualTo("no sound".getBytes(UTF_8));
    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.path("source").asText()).isEqualTo("estimated");
    assertThat(receipt.path("cost").asText()).isEqualTo("0.00");
  }

  @Test
  void tellsTheStateOfAnInstanceThatWasStopped() {
    String model = tenant.launch(west);
    tenant.delete("/api/instances/" + model.substring(model.indexOf(':') + 1));

    HttpResponse<String> answer = tenant.ask(model);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(Tenant.json(answer.body()).at("/error/code").asText())
        .isEqualTo("instance_not_running");
    assertThat(Tenant.json(answer.body()).at("/error/message").asText()).contains("terminated");
    assertThat(west.received()).isEmpty();
  }

  @Test
  void letsEveryAccountCallAPlatformModelByItsPlainName() {
    String name = "platform-" + UUID.randomUUID();
    tenant.launchPlatform(name, west);
    Tenant customer = Tenant.on(RunningGateway.at(address));

    HttpResponse<byte[]> answer =
        customer.call("/v1/chat/completions", "{\"model\":\"" + name + "\",\"messages\":[]}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(west.received().get(0).text()).contains("\"model\":\"" + name + "\"");
    assertThat(new String(customer.get("/v1/models").body(), UTF_8)).contains("\"" + name + "\"");
    JsonNode receipt = customer.receiptOf(answer);
    assertThat(receipt.path("model").asText()).isEqualTo(name);
    assertThat(receipt.path("cost").asText()).isEqualTo("0.000104");
  }

  @Test
  void letsEveryAccountCallAPlatformModelOfAnyCategory() {
    String name = "platform-" + UUID.randomUUID();
    west.behave(new Behaviour.Status(200, "{\"created\":1,\"data\":[{\"url\":\"u\"}]}"));
    tenant.launchPlatform(name, "image", Map.of("images", "0.04"), west);
    Tenant customer = Tenant.on(RunningGateway.at(address));
    String request = "{\"prompt\":\"a\",\"model\":\"" + name + "\"}";

    HttpResponse<byte[]> answer = customer.call("/v1/images/generations", request);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(west.received().get(0).text()).isEqualTo(request);
    assertThat(customer.receiptOf(answer).path("cost").asText()).isEqualTo("0.04");
    HttpResponse<byte[]> elsewhere = customer.call("/v1/chat/completions", request);
    assertThat(elsewhere.statusCode()).isEqualTo(400);
    assertThat(new String(elsewhere.body(), UTF_8)).contains("Call POST /v1/images/generations");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat/completions", "embeddings", "images/generations", "audio/speech"})
  void refusesAnInstanceOfModeCustom(String path) {
    long id = tenant.launchCustom("/generate", "http/1.1", west.uri());

    HttpResponse<byte[]> answer = tenant.call("/v1/" + path, "{\"model\":\"my-own:" + id + "\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = Tenant.json(new String(answer.body(), UTF_8)).path("error");
    assertThat(error.path("code").asText()).isEqualTo("wrong_endpoint");
    assertThat(error.path("message").asText())
        .contains("/inference-instances/" + id + "/proxy/generate");
    assertThat(west.received()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "chat, /v1/embeddings",
    "embedding, /v1/chat/completions",
    "image, /v1/audio/speech",
    "audio_speech, /v1/images/generations",
    "chat, /v1/video/generations",
    "video, /v1/embeddings",
    "audio_transcription, /v1/chat/completions",
    "audio_transcription, /v1/audio/speech"
  })
  void refusesAnInstanceOfAnotherCategory(String category, String path) {
    String model = tenant.launch(category, Map.of(), west);

    HttpResponse<byte[]> answer = tenant.call(path, "{\"model\":\"" + model + "\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = Tenant.json(new String(answer.body(), UTF_8)).path("error");
    assertThat(error.path("code").asText()).isEqualTo("wrong_endpoint");
    assertThat(error.path("message").asText()).contains("Call POST /v1/");
    assertThat(west.received()).isEmpty();
  }
}
