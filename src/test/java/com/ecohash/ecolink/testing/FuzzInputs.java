package com.ecohash.ecolink.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The inputs that a fuzz test starts from, as tests without a fuzzer. */
public final class FuzzInputs {
  private FuzzInputs() {}

  /**
   * @param near a class beside the folder of the inputs
   */
  public static List<DynamicTest> tests(Class<?> near, String folder, Consumer<byte[]> check) {
    URL inputs = Objects.requireNonNull(near.getResource(folder));
    try (Stream<Path> files = Files.walk(Path.of(inputs.toURI()))) {
      List<DynamicTest> tests =
          files
              .filter(Files::isRegularFile)
              .map(
                  file ->
                      DynamicTest.dynamicTest(
                          file.getFileName().toString(),
                          () -> check.accept(Files.readAllBytes(file))))
              .toList();
      assertThat(tests).isNotEmpty();
      return tests;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
