package com.ecohash.ecolink.container;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code java -jar ecolink.war} as a process of its own, on a port that the system chose, with a
 * data directory and a log of its own. Inherits the environment that the build sets for every
 * gateway under test; system properties given here win over it.
 */
public final class GatewayProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(40);
  private static final Pattern ADDRESS = Pattern.compile("EcoLink answers at http://\\S*:(\\d+)/");

  private final Process process;
  private final Path log;
  private final RunningGateway gateway;

  private GatewayProcess(Process process, Path log, RunningGateway gateway) {
    this.process = process;
    this.log = log;
    this.gateway = gateway;
  }

  /** With a new, empty data directory. */
  public static GatewayProcess start(Map<String, String> properties) {
    try {
      Path parent = Path.of(System.getProperty("ecolink.work", "target/gateways"));
      Files.createDirectories(parent);
      return start(Files.createTempDirectory(parent, "gateway-"), properties);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when the gateway is ready; the data directory may be that of an earlier process. */
  public static GatewayProcess start(Path dataDir, Map<String, String> properties) {
    try {
      Path log = Files.createTempFile(Files.createDirectories(dataDir), "process-", ".log");
      Process process =
          new ProcessBuilder(command(dataDir, properties))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new GatewayProcess(process, log, awaitReady(process, log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Path dataDir, Map<String, String> properties) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-Decolink.data.dir=" + dataDir.toAbsolutePath());
    command.add("-Decolink.http.host=127.0.0.1");
    command.add("-Decolink.http.port=0");
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add("-jar");
    command.add(RunningGateway.archiveFile().toString());
    return command;
  }

  private static RunningGateway awaitReady(Process process, Path log) {
    try {
      await("a gateway that answers")
          .atMost(START_LIMIT)
          .pollInterval(Duration.ofMillis(50))
          .failFast("the process ended", () -> !process.isAlive())
          .until(() -> addressIn(log).isPresent());
      RunningGateway gateway = RunningGateway.at(addressIn(log).orElseThrow());
      await("a gateway that is ready")
          .atMost(START_LIMIT)
          .pollInterval(Duration.ofMillis(50))
          .failFast("the process ended", () -> !process.isAlive())
          .until(() -> gateway.get("/health/ready").statusCode() == 200);
      return gateway;
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw new IllegalStateException("The gateway did not start; it said:\n" + read(log), e);
    }
  }

  private static Optional<URI> addressIn(Path log) {
    Matcher matcher = ADDRESS.matcher(read(log));
    return matcher.find()
        ? Optional.of(URI.create("http://127.0.0.1:" + matcher.group(1)))
        : Optional.empty();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public RunningGateway gateway() {
    return gateway;
  }

  /** For tests that send signals, or look at what the process uses. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Everything the process has written so far. */
  public String output() {
    return read(log);
  }

  /** {@code kill -9}: nothing is drained, flushed or released. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(10));
  }

  /** SIGTERM; killed if it does not end by itself. */
  @Override
  public void close() {
    process.destroy();
    if (!awaitEnd(STOP_LIMIT)) {
      kill();
    }
  }

  private boolean awaitEnd(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
