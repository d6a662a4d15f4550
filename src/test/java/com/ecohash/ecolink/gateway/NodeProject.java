package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code src/test/node}, copied to {@code target/node} and installed there as its lock file says,
 * by the npm and the registry of this machine. Fails where Node is missing.
 */
final class NodeProject {
  private static final Path SOURCE = Path.of("src/test/node");
  private static final Path TARGET = Path.of("target/node");
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private NodeProject() {}

  static NodeProject install() {
    NodeProject project = new NodeProject();
    project.copy();
    // Nothing is asked of the registry but the packages, and none of them runs a script.
    project.run(
        List.of(
            "npm",
            "ci",
            "--no-audit",
            "--no-fund",
            "--no-update-notifier",
            "--ignore-scripts",
            "--prefer-offline"),
        Map.of());
    return project;
  }

  private void copy() {
    try (Stream<Path> files = Files.list(SOURCE)) {
      Files.createDirectories(TARGET);
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, TARGET.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a script of {@code node:test}; fails with all that it said unless every test passed. */
  void run(String script, Map<String, String> environment) {
    List<String> command = new ArrayList<>(List.of("node", "--test-reporter=spec"));
    command.add(script);
    String said = run(command, environment);
    assertThat(said).contains("fail 0", "skipped 0", "todo 0").doesNotContain("pass 0\n");
  }

  private String run(List<String> command, Map<String, String> environment) {
    Path log = TARGET.resolve(command.get(command.size() - 1).replaceAll("\\W", "") + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(TARGET.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    try {
      Process process = start(builder);
      boolean ended = process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      process.destroyForcibly();
      String said = Files.readString(log);
      assertThat(ended).as("%s ends within %s; it said:%n%s", command, LIMIT, said).isTrue();
      assertThat(process.exitValue()).as("the exit of %s; it said:%n%s", command, said).isZero();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "These tests need Node 18 or newer with npm (Debian: nodejs npm)", e);
    }
  }
}
