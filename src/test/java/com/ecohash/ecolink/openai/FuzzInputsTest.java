package com.ecohash.ecolink.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The inputs that the fuzz tests start from, without a fuzzer; what one has found is added. */
class FuzzInputsTest {
  @TestFactory
  List<DynamicTest> forms() throws IOException, URISyntaxException {
    return tests("FormScanFuzzInputs", FormChecks::check);
  }

  @TestFactory
  List<DynamicTest> requests() throws IOException, URISyntaxException {
    return tests("RequestScanFuzzInputs", RequestChecks::check);
  }

  @TestFactory
  List<DynamicTest> streams() throws IOException, URISyntaxException {
    return tests("ChatEventsFuzzInputs", StreamChecks::check);
  }

  private static List<DynamicTest> tests(String folder, Consumer<byte[]> check)
      throws IOException, URISyntaxException {
    URL inputs = Objects.requireNonNull(FuzzInputsTest.class.getResource(folder));
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
    }
  }
}
