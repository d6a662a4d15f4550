package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What an event of 195 bytes costs on its way through. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ChatEventsBenchmark {
  private static final String HEAD =
      "data: {\"id\":\"chatcmpl-5f0c1e9a7b2d4c6e8f01\",\"object\":\"chat.completion.chunk\","
          + "\"created\":1730000000,\"model\":\"my-llama\",\"choices\":[{\"index\":0,"
          + "\"delta\":{\"content\":\" water\"},\"finish_reason\":null}]";
  private static final byte[] ONE = (HEAD + "}\n\n").getBytes(UTF_8);
  private static final byte[] TEN = (HEAD + "}\n\n").repeat(10).getBytes(UTF_8);
  private static final byte[] USAGE_NULL = (HEAD + ",\"usage\":null}\n\n").getBytes(UTF_8);
  private static final byte[] USAGE_EACH =
      (HEAD + ",\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3,\"total_tokens\":15}}\n\n")
          .getBytes(UTF_8);

  private final ChatEvents events = new ChatEvents(true, 1 << 20);
  private long passedBytes;

  public static void main(String[] args) throws RunnerException {
    System.out.println("an event has " + ONE.length + " bytes");
    new Runner(new OptionsBuilder().include(ChatEventsBenchmark.class.getSimpleName()).build())
        .run();
  }

  private void sink(byte[] b, int off, int len) {
    passedBytes += len;
  }

  private long feed(byte[] chunk) {
    events.feed(chunk, 0, chunk.length, this::sink);
    return passedBytes;
  }

  @Benchmark
  public long oneEvent() {
    return feed(ONE);
  }

  @Benchmark
  public long tenEventsInOneChunk() {
    return feed(TEN);
  }

  @Benchmark
  public long eventInTwoPieces() {
    events.feed(ONE, 0, 100, this::sink);
    events.feed(ONE, 100, ONE.length - 100, this::sink);
    return passedBytes;
  }

  @Benchmark
  public long eventWithUsageNull() {
    return feed(USAGE_NULL);
  }

  @Benchmark
  public long eventWithUsage() {
    return feed(USAGE_EACH);
  }
}
