package com.ecohash.ecolink.metering;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Streams of speech events, and what only looks like one. */
final class AudioEventsFuzz {
  @DictionaryFile(resourcePath = "AudioEventsFuzz.dict")
  @FuzzTest
  void theAudioIsWhatTheReferenceDecodes(byte[] stream) {
    AudioEventChecks.check(stream);
  }
}
