package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What finding and rewriting {@code model} costs, against Jackson's ways of doing it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class RequestScanBenchmark {
  private static final String PROSE =
      "Tell me in a few plain words how a heat pump works, why it can give more heat than the power"
          + " it takes, and when it cannot.\\n\\nThen say what \\\"COP\\\" stands for and what a good"
          + " value is in a cold winter, in an old house whose radiators were made for hot water.";
  private static final String CODE =
      "for (int i = 0; i < n; i++) {\\n\\tSystem.out.println(\\\"i=\\\" + i);\\n}\\n".repeat(4);

  @Param({"600", "4800", "16000", "100000"})
  int bodyBytes;

  /** What the messages hold: prose with an escape in a hundred bytes, or code with one in ten. */
  @Param({"prose", "code"})
  String text = "prose";

  private final JsonFactory factory = new JsonFactory();
  private final ObjectMapper mapper = new ObjectMapper(factory);
  private byte[] body = {};

  public static void main(String[] args) throws RunnerException {
    new Runner(new OptionsBuilder().include(RequestScanBenchmark.class.getSimpleName()).build())
        .run();
  }

  @Setup
  public void makeBody() {
    StringBuilder json =
        new StringBuilder(
            "{\"model\": \"my-llama:142\", \"stream\": true, \"temperature\": 0.7, \"messages\": [");
    String separator = "";
    for (int i = 0; json.length() < bodyBytes - 200; i++) {
      json.append(separator)
          .append("{\"role\": \"")
          .append(i % 2 == 0 ? "user" : "assistant")
          .append("\", \"content\": \"")
          .append(text.equals("prose") ? PROSE : CODE)
          .append("\"}");
      separator = ", ";
    }
    json.append("], \"max_tokens\": 256, \"stop\": [\"\\n\\n\", \"END\"], \"user\": \"u-1234\"}");
    body = json.toString().getBytes(UTF_8);
  }

  @Benchmark
  public List<Edit> ours() {
    RequestScan scan = new RequestScan(RequestScan.Form.CHAT, 512);
    scan.feed(body, 0, body.length);
    return scan.finish().edits("my-llama", true);
  }

  @Benchmark
  public long jacksonStreaming() throws IOException {
    long range = 0;
    try (JsonParser parser = factory.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("model")) {
          long start = parser.currentTokenLocation().getByteOffset();
          range = start + parser.getText().length() + parser.currentLocation().getByteOffset();
        } else {
          parser.skipChildren();
        }
      }
    }
    return range;
  }

  @Benchmark
  public byte[] jacksonTree() throws IOException {
    ObjectNode tree = (ObjectNode) mapper.readTree(body);
    tree.put("model", "my-llama").putObject("stream_options").put("include_usage", true);
    return mapper.writeValueAsBytes(tree);
  }
}
