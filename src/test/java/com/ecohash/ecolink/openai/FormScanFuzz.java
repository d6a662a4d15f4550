package com.ecohash.ecolink.openai;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Forms: a line with the Content-Type, then the body. */
final class FormScanFuzz {
  @DictionaryFile(resourcePath = "FormScanFuzz.dict")
  @FuzzTest
  void aFormIsReadAsTheReferenceReadsIt(byte[] input) {
    FormChecks.check(input);
  }
}
