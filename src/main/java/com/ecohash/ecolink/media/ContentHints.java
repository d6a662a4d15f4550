package com.ecohash.ecolink.media;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What was said of the bytes before they came.
 *
 * @param pcm how raw samples lie, if the bytes may be raw samples
 * @param frames whether they are a run of MPEG or ADTS frames, wherever the first one begins
 */
record ContentHints(Optional<PcmLayout> pcm, boolean frames) {
  static final ContentHints NONE = new ContentHints(Optional.empty(), false);

  private static final ContentHints FRAMES = new ContentHints(Optional.empty(), true);
  private static final Set<String> FRAME_TYPES =
      Set.of("audio/mpeg", "audio/mp3", "audio/aac", "audio/aacp", "audio/x-aac");
  private static final Set<String> FRAME_FORMATS = Set.of("mp3", "aac");
  private static final String PCM_FORMAT = "pcm";

  /** The content type says more than the request did: it speaks of this very answer. */
  static ContentHints of(String contentType, String responseFormat) {
    Optional<PcmLayout> pcm = PcmLayout.of(contentType);
    if (pcm.isPresent()) {
      return new ContentHints(pcm, false);
    }
    String type = mediaType(contentType);
    if (FRAME_TYPES.contains(type)) {
      return FRAMES;
    }
    return mayBeMedia(type) ? asked(responseFormat.strip().toLowerCase(Locale.ROOT)) : NONE;
  }

  /** An error in JSON is not the samples that were asked for. */
  private static boolean mayBeMedia(String type) {
    return type.isEmpty()
        || type.startsWith("audio/")
        || type.startsWith("video/")
        || type.endsWith("/octet-stream");
  }

  private static ContentHints asked(String format) {
    if (format.equals(PCM_FORMAT)) {
      return new ContentHints(Optional.of(PcmLayout.OPENAI), false);
    }
    return FRAME_FORMATS.contains(format) ? FRAMES : NONE;
  }

  /** A content type without its parameters, in lower case. */
  static String mediaType(String contentType) {
    int semicolon = contentType.indexOf(';');
    String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return type.strip().toLowerCase(Locale.ROOT);
  }
}
