package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.openai.TextSample;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/**
 * How many tokens a text has, where nobody says: counted with a public vocabulary (OpenAI's {@code
 * cl100k_base}) in the text's beginning, and extended to the rest. The container's own vocabulary
 * is not known here, hence an estimate.
 */
final class TokenEstimate {
  /** Loaded when first needed, if not before: it takes a few hundred milliseconds of CPU. */
  private static final class Vocabulary {
    static final Encoding ENCODING =
        Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
  }

  private TokenEstimate() {}

  /** Loads the vocabulary, so that no exchange has to. */
  static void prepare() {
    Vocabulary.ENCODING.countTokensOrdinary("ready");
  }

  /**
   * @param sample the text's beginning
   * @param textBytes of the whole text
   */
  static long of(TextSample sample, long textBytes) {
    if (sample.size() == 0 || textBytes == 0) {
      return 0;
    }
    long tokens = Vocabulary.ENCODING.countTokensOrdinary(sample.text());
    return textBytes <= sample.size()
        ? tokens
        : (tokens * textBytes + sample.size() - 1) / sample.size();
  }
}
