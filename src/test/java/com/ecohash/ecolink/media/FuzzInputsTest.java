package com.ecohash.ecolink.media;

import com.ecohash.ecolink.testing.FuzzInputs;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The inputs that the fuzz test starts from, without a fuzzer: a second of a sine tone in every
 * format, made by ffmpeg. What the fuzzer has found is added.
 */
class FuzzInputsTest {
  @TestFactory
  List<DynamicTest> media() {
    return FuzzInputs.tests(FuzzInputsTest.class, "MediaMeterFuzzInputs", MediaChecks::check);
  }
}
