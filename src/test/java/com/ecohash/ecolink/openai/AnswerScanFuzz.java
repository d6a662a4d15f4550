package com.ecohash.ecolink.openai;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Answers that are no streams. */
final class AnswerScanFuzz {
  @DictionaryFile(resourcePath = "AnswerScanFuzz.dict")
  @FuzzTest
  void anAnswerSaysWhatJacksonReads(byte[] answer) {
    AnswerChecks.check(answer);
  }
}
