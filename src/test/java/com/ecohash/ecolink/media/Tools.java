package com.ecohash.ecolink.media;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs other people's programs in a folder. One that is missing or fails is a test that fails. */
final class Tools {
  private final Path folder;

  Tools(Path folder) {
    this.folder = folder;
  }

  /**
   * Runs a command whose words hold no spaces, and returns what it wrote to its standard output.
   */
  byte[] run(String command) {
    return run(List.of(command.split(" ")));
  }

  byte[] run(List<String> command) {
    try {
      Path errors = Files.createTempFile(folder, "tool", ".log");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectError(errors.toFile())
              .start();
      byte[] output = process.getInputStream().readAllBytes();
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IllegalStateException(command + ": " + exit + "\n" + Files.readString(errors));
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException("needed for this test: " + command.get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Makes many files of some inputs in one process: each output is options and a name. */
  void ffmpeg(String inputs, List<String> outputs) {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
    command.addAll(List.of(inputs.split(" ")));
    outputs.forEach(output -> command.addAll(List.of(output.split(" "))));
    run(command);
  }

  byte[] read(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String name, byte[] bytes) {
    try {
      Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text(String command) {
    return new String(run(command), UTF_8).strip();
  }
}
