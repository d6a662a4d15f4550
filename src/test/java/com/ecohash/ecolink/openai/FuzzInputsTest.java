package com.ecohash.ecolink.openai;

import com.ecohash.ecolink.testing.FuzzInputs;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The inputs that the fuzz tests start from, without a fuzzer; what one has found is added. */
class FuzzInputsTest {
  @TestFactory
  List<DynamicTest> forms() {
    return tests("FormScanFuzzInputs", FormChecks::check);
  }

  @TestFactory
  List<DynamicTest> requests() {
    return tests("RequestScanFuzzInputs", RequestChecks::check);
  }

  @TestFactory
  List<DynamicTest> streams() {
    return tests("ChatEventsFuzzInputs", StreamChecks::check);
  }

  @TestFactory
  List<DynamicTest> answers() {
    return tests("AnswerScanFuzzInputs", AnswerChecks::check);
  }

  private static List<DynamicTest> tests(String folder, Consumer<byte[]> check) {
    return FuzzInputs.tests(FuzzInputsTest.class, folder, check);
  }
}
