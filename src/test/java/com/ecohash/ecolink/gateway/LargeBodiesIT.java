package com.ecohash.ecolink.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.Stage;
import com.ecohash.ecolink.testing.StreamingContainer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies far larger than the gateway's heap of 256 MB, alone and many at once, both ways. */
class LargeBodiesIT {
  private static final long GIGABYTE = 1L << 30;
  private static final int UPLOADS = 20;
  private static final long UPLOAD_BYTES = 600L << 20;

  /** With what stands around it in the form within the limit that is the default. */
  private static final int FILE_BYTES = (25 << 20) - 1024;

  private static final byte[] FILE = new byte[FILE_BYTES];

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static GatewayProcess process;
  private static Tenant tenant;

  @BeforeAll
  static void begin() {
    new Random(1).nextBytes(FILE);
    process =
        GatewayProcess.start(
            Map.of(
                "ecolink.upstream.first-byte-timeout", "60s",
                "ecolink.limits.audio-upload", "700MB"));
    tenant = Tenant.on(process.gateway());
  }

  @AfterAll
  static void end() {
    process.close();
  }

  @Test
  void passesAnAnswerOfAGigabyteAndMeasuresIt() throws IOException, InterruptedException {
    StreamingContainer.Script script =
        stage -> {
          stage.body().skip();
          stage.write(
              "HTTP/1.1 200 OK\r\nContent-Type: audio/pcm\r\nContent-Length: "
                  + GIGABYTE
                  + "\r\n\r\n");
          byte[] block = new byte[64 * 1024];
          for (long left = GIGABYTE; left > 0; left -= block.length) {
            stage.write(block);
          }
        };
    try (StreamingContainer container = StreamingContainer.playing(script)) {
      String model = tenant.launch("audio_speech", Map.of("seconds", "0.0001"), container.uri());
      HttpResponse<InputStream> answer =
          CLIENT.send(
              tenant
                  .authorized("/v1/audio/speech")
                  .timeout(Duration.ofMinutes(3))
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"model\":\"%s\",\"input\":\"much\",\"voice\":\"a\",\"response_format\":\"pcm\"}"
                              .formatted(model)))
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(GIGABYTE);
      }
      JsonNode receipt = tenant.receiptOf(answer);
      // 24,000 samples a second of two bytes each
      assertThat(receipt.at("/units/seconds").decimalValue()).isEqualByComparingTo("22369.621");
      assertThat(receipt.path("source").asText()).isEqualTo("measured");
    }
  }

  @Test
  void takesOneUploadOf600Megabytes() throws IOException, InterruptedException {
    CRC32 sent = new CRC32();
    CRC32 received = new CRC32();
    StreamingContainer.Script script =
        stage -> {
          for (byte[] piece = stage.body().next(); piece.length > 0; piece = stage.body().next()) {
            received.update(piece);
          }
          stage.answer(200, "heard");
        };
    try (StreamingContainer container = StreamingContainer.playing(script)) {
      String model =
          tenant.launch("audio_transcription", Map.of("seconds", "0.0001"), container.uri());
      byte[] beginning = beginning(0);
      byte[] end = end(model);
      HttpResponse<String> answer =
          CLIENT.send(
              tenant
                  .authorized("/v1/audio/transcriptions")
                  .timeout(Duration.ofMinutes(3))
                  .header("Content-Type", "multipart/form-data; boundary=limit")
                  .POST(
                      HttpRequest.BodyPublishers.fromPublisher(
                          HttpRequest.BodyPublishers.ofInputStream(
                              () ->
                                  new SequenceInputStream(
                                      new SequenceInputStream(
                                          new ByteArrayInputStream(beginning),
                                          new GeneratedBytes(UPLOAD_BYTES)),
                                      new ByteArrayInputStream(end))),
                          beginning.length + UPLOAD_BYTES + end.length))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      sent.update(beginning);
      try (InputStream file = new GeneratedBytes(UPLOAD_BYTES)) {
        for (byte[] piece = file.readNBytes(1 << 16);
            piece.length > 0;
            piece = file.readNBytes(1 << 16)) {
          sent.update(piece);
        }
      }
      sent.update(end("my-llama"));
      assertThat(received.getValue()).isEqualTo(sent.getValue());
    }
  }

  /** So many bytes, made as they are read, the same each time. */
  private static final class GeneratedBytes extends InputStream {
    private final byte[] block = new byte[1_009 * 64]; // no power of two: a shift would be seen
    private final long size;
    private long at;

    GeneratedBytes(long size) {
      this.size = size;
      new Random(2).nextBytes(block);
    }

    @Override
    public int read() {
      return at == size ? -1 : block[(int) (at++ % block.length)] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) {
      if (at == size) {
        return -1;
      }
      int from = (int) (at % block.length);
      int taken = (int) Math.min(Math.min(len, block.length - from), size - at);
      System.arraycopy(block, from, b, off, taken);
      at += taken;
      return taken;
    }
  }

  @Test
  void takesTwentyUploadsOf25MegabytesAtOnce() throws IOException {
    try (StreamingContainer container = StreamingContainer.playing(LargeBodiesIT::transcribe)) {
      String model =
          tenant.launch("audio_transcription", Map.of("seconds", "0.0001"), container.uri());
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < UPLOADS; i++) {
        answers.add(upload(model, i));
      }
      for (int i = 0; i < UPLOADS; i++) {
        HttpResponse<String> answer = answers.get(i).join();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Tenant.json(answer.body()).path("text").asText()).isEqualTo(checkOf(i));
      }
    }
  }

  private static CompletableFuture<HttpResponse<String>> upload(String model, int number) {
    byte[] end = end(model);
    byte[] beginning = beginning(number);
    HttpRequest.BodyPublisher body =
        HttpRequest.BodyPublishers.fromPublisher(
            HttpRequest.BodyPublishers.ofInputStream(
                () ->
                    new SequenceInputStream(
                        new SequenceInputStream(
                            new ByteArrayInputStream(beginning), new ByteArrayInputStream(FILE)),
                        new ByteArrayInputStream(end))),
            (long) beginning.length + FILE_BYTES + end.length);
    return CLIENT.sendAsync(
        tenant
            .authorized("/v1/audio/transcriptions")
            .timeout(Duration.ofMinutes(3))
            .header("Content-Type", "multipart/form-data; boundary=limit")
            .POST(body)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] end(String model) {
    return "\r\n--limit\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n%s\r\n--limit--\r\n"
        .formatted(model)
        .getBytes(UTF_8);
  }

  /** All before the shared bytes of the file, equally long for each upload. */
  private static byte[] beginning(int number) {
    return "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%03d.bin\"\r\n\r\n"
        .formatted(number)
        .getBytes(UTF_8);
  }

  private static String checkOf(int number) {
    CRC32 crc = new CRC32();
    crc.update(beginning(number));
    crc.update(FILE);
    return Long.toHexString(crc.getValue());
  }

  /** Answers with a check of all that stands before the form's last part. */
  private static void transcribe(Stage stage) throws IOException {
    CRC32 crc = new CRC32();
    long left = beginning(0).length + (long) FILE_BYTES;
    for (byte[] piece = stage.body().next(); piece.length > 0; piece = stage.body().next()) {
      int counted = (int) Math.min(left, piece.length);
      crc.update(piece, 0, counted);
      left -= counted;
    }
    String text = "{\"text\":\"" + Long.toHexString(crc.getValue()) + "\",\"duration\":2.5}";
    stage.write(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + text.length()
            + "\r\n\r\n"
            + text);
  }
}
