package com.ecohash.ecolink.openai;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** JSON bodies of chat requests. */
final class RequestScanFuzz {
  @DictionaryFile(resourcePath = "RequestScanFuzz.dict")
  @FuzzTest
  void aRequestIsReadAndEditedAsJacksonWould(byte[] body) {
    RequestChecks.check(body);
  }
}
