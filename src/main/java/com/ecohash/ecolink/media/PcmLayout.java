package com.ecohash.ecolink.media;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How raw samples lie in a stream.
 *
 * @param rate samples a second, of each channel
 */
record PcmLayout(int rate, int channels, int bits) {
  /** OpenAI's {@code response_format: pcm}: 24 kHz, 16 bit signed, mono. */
  static final PcmLayout OPENAI = new PcmLayout(24_000, 1, 16);

  private static final int RATE_MAX = 768_000;
  private static final int CHANNELS_MAX = 32;
  private static final int BITS_MAX = 64;

  /**
   * RFC 2586 and 3190 ({@code L8} to {@code L24}), RFC 2046 ({@code basic}), and what is in use.
   */
  private static final Map<String, PcmLayout> TYPES =
      Map.of(
          "audio/pcm", OPENAI,
          "audio/x-pcm", OPENAI,
          "audio/raw", OPENAI,
          "audio/x-raw", OPENAI,
          "audio/l16", OPENAI,
          "audio/l8", new PcmLayout(24_000, 1, 8),
          "audio/l20", new PcmLayout(24_000, 1, 20),
          "audio/l24", new PcmLayout(24_000, 1, 24),
          "audio/basic", new PcmLayout(8_000, 1, 8));

  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*(rate|channels|bits)\\s*=\\s*\"?(\\d{1,6})\\b");

  /** What a content type of raw audio says; a parameter that makes no sense is left out. */
  static Optional<PcmLayout> of(String contentType) {
    return Optional.ofNullable(TYPES.get(ContentHints.mediaType(contentType)))
        .map(layout -> layout.with(contentType.toLowerCase(Locale.ROOT)));
  }

  long bitsPerSecond() {
    return (long) rate * channels * bits;
  }

  private PcmLayout with(String contentType) {
    PcmLayout layout = this;
    Matcher parameter = PARAMETER.matcher(contentType);
    while (parameter.find()) {
      layout = layout.with(parameter.group(1), Integer.parseInt(parameter.group(2)));
    }
    return layout;
  }

  private PcmLayout with(String name, int value) {
    return switch (name) {
      case "rate" -> new PcmLayout(within(value, RATE_MAX, rate), channels, bits);
      case "channels" -> new PcmLayout(rate, within(value, CHANNELS_MAX, channels), bits);
      default -> new PcmLayout(rate, channels, within(value, BITS_MAX, bits));
    };
  }

  private static int within(int value, int max, int otherwise) {
    return value >= 1 && value <= max ? value : otherwise;
  }
}
