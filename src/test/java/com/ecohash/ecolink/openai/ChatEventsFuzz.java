package com.ecohash.ecolink.openai;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Streams of server-sent events. */
final class ChatEventsFuzz {
  @DictionaryFile(resourcePath = "ChatEventsFuzz.dict")
  @FuzzTest
  void whatGoesOutIsWhatCameInWithoutUsageEvents(byte[] stream) {
    StreamChecks.check(stream);
  }
}
