package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Random;
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

/** What scanning an upload costs, in the pieces that it arrives in. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class FormScanBenchmark {
  private static final int PIECE_BYTES = 16 * 1024;
  private static final FormLimits LIMITS = new FormLimits(64, 8192, 1 << 20);

  @Param({"10000", "1000000", "25000000"})
  int fileBytes;

  /** What the file is: noise, as of compressed audio, or nothing but line ends and hyphens. */
  @Param({"noise", "hyphens"})
  String content = "noise";

  /** As browsers write it, or the shortest. */
  @Param({"----WebKitFormBoundary7MA4YWxkTrZu0gW", "x"})
  String boundary = "x";

  private byte[] body = {};
  private long measured;

  public static void main(String[] args) throws RunnerException {
    new Runner(new OptionsBuilder().include(FormScanBenchmark.class.getSimpleName()).build()).run();
  }

  @Setup
  public void makeBody() {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(ascii("--" + boundary + "\r\n" + disposition("file") + "\r\n\r\n"));
    byte[] file = new byte[fileBytes];
    new Random(1).nextBytes(file);
    if (content.equals("hyphens")) {
      for (int i = 0; i < file.length; i++) {
        file[i] = (byte) (i % 64 == 0 ? '\n' : '-');
      }
    }
    form.writeBytes(file);
    form.writeBytes(ascii("\r\n--" + boundary + "\r\n" + disposition("model")));
    form.writeBytes(ascii("\r\n\r\nwhisper:7\r\n--" + boundary + "--\r\n"));
    body = form.toByteArray();
  }

  private static String disposition(String name) {
    return "Content-Disposition: form-data; name=\"" + name + "\"";
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  @Benchmark
  public long scan() {
    FormScan scan =
        FormScan.of(
            "multipart/form-data; boundary=" + boundary, LIMITS, (b, off, len) -> measured += len);
    for (int at = 0; at < body.length; at += PIECE_BYTES) {
      scan.feed(body, at, Math.min(PIECE_BYTES, body.length - at));
    }
    return scan.finish().edits("whisper").get(0).offset() + measured;
  }
}
