package com.ecohash.ecolink.conformance;

import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.relay.Observed;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One cheap question to the endpoint of a category. An image or a video is not made: that the
 * endpoint is there is seen by its complaint about a body that is none.
 */
final class CategoryChecks {
  private static final String ENDPOINT = "endpoint";
  private static final String BOUNDARY = "ecolink-check-boundary";
  private static final int SAMPLES = 16_000;

  private final Questions questions;

  CategoryChecks(Questions questions) {
    this.questions = questions;
  }

  List<Finding> of(Category category) {
    return switch (category) {
      case CHAT -> new ChatChecks(questions).all();
      case EMBEDDING -> List.of(embedding(), malformed(category));
      case AUDIO_SPEECH -> List.of(speech(), malformed(category));
      case AUDIO_TRANSCRIPTION -> List.of(transcription());
      case IMAGE -> List.of(notTried(category, "image"));
      case VIDEO -> List.of(notTried(category, "video"));
    };
  }

  private Finding malformed(Category category) {
    return new ErrorChecks(questions, category.endpoint()).malformed();
  }

  private String model() {
    return ChatChecks.jsonText(questions.instance().name());
  }

  private Finding embedding() {
    String path = Category.EMBEDDING.endpoint();
    Observed seen = questions.post(path, "{\"model\":\"" + model() + "\",\"input\":\"check\"}");
    JsonNode json = Answers.json(seen);
    int numbers = json.at("/data/0/embedding").size();
    if (!Answers.isOk(seen) || numbers == 0) {
      return failed(path, "An embedding of one word", seen);
    }
    return json.at("/usage/prompt_tokens").isNumber()
        ? Finding.passed(
            ENDPOINT, "One word gave an embedding of " + numbers + " numbers, and usage.")
        : Finding.warning(
            ENDPOINT,
            "One word gave an embedding of " + numbers + " numbers, but no usage.prompt_tokens.",
            "Take a version of the engine that reports it; until then tokens are counted here by a"
                + " tokenizer and marked as estimated.");
  }

  private Finding speech() {
    String path = Category.AUDIO_SPEECH.endpoint();
    Observed seen =
        questions.post(
            path,
            "{\"model\":\""
                + model()
                + "\",\"input\":\"Check.\",\"voice\":\"alloy\",\"response_format\":\"wav\"}");
    boolean audio =
        seen.contentType()
            .filter(type -> type.startsWith("audio/") || type.startsWith("application/octet"))
            .isPresent();
    boolean began = seen.status() == 200 && seen.body().length > 0;
    return audio && began && seen.end() != Observed.End.FAILED
        ? Finding.passed(ENDPOINT, "One word was spoken in " + seen.body().length + " bytes.")
        : failed(path, "Speaking one word (in the voice alloy)", seen);
  }

  private Finding transcription() {
    String path = Category.AUDIO_TRANSCRIPTION.endpoint();
    Observed seen =
        questions.post(path, "multipart/form-data; boundary=" + BOUNDARY, form(), body -> false);
    return Answers.isOk(seen) && Answers.json(seen).path("text").isTextual()
        ? Finding.passed(ENDPOINT, "A second of silence was transcribed.")
        : failed(path, "Transcribing a second of silence", seen);
  }

  private Finding notTried(Category category, String what) {
    Observed seen = questions.post(category.endpoint(), "{\"model\":");
    boolean there = seen.status() >= 400 && seen.status() != 404 && seen.status() != 405;
    return there && !Answers.isRefused(seen)
        ? Finding.passed(
            ENDPOINT,
            "The endpoint is there. No "
                + what
                + " was made, as that costs time of the GPU; try"
                + " one in the Playground.")
        : failed(category.endpoint(), "A look at the endpoint", seen);
  }

  private Finding failed(String path, String what, Observed seen) {
    String said =
        seen.status() == 0
            ? ""
            : ", " + Words.quoted(Answers.complaint(seen), questions.instance().upstreamKey());
    String advice =
        Answers.isRefused(seen)
            ? Advice.CREDENTIAL
            : seen.status() == 404 || seen.status() == 405
                ? Advice.category(path)
                : Advice.name(questions.instance()) + " " + Advice.LIMIT;
    return Finding.failed(ENDPOINT, what + " failed: " + Words.ending(seen) + said + ".", advice);
  }

  private byte[] form() {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(
        ascii(
            "--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n"
                + questions.instance().name()
                + "\r\n--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"silence.wav\"\r\n"
                + "Content-Type: audio/wav\r\n\r\n"));
    form.writeBytes(silence());
    form.writeBytes(ascii("\r\n--" + BOUNDARY + "--\r\n"));
    return form.toByteArray();
  }

  /** A second of it: 16 kHz, 16 bit, mono. */
  private static byte[] silence() {
    int bytes = 2 * SAMPLES;
    ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(36 + bytes).put(ascii("WAVEfmt ")).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(SAMPLES).putInt(2 * SAMPLES);
    wav.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(bytes);
    return wav.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
