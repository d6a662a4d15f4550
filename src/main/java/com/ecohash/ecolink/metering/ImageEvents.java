package com.ecohash.ecolink.metering;

import java.nio.charset.StandardCharsets;

/**
 * Counts the finished images of a stream ({@code {"type":"image_generation.completed",…}}); the
 * partial ones before them ({@code image_generation.partial_image}) are none. It looks for the type
 * with its quotes, which cannot stand in a JSON string unescaped, so that an event of many
 * megabytes is counted as well as one that is short enough to be read.
 */
final class ImageEvents {
  private static final byte[] COMPLETED =
      "\"image_generation.completed\"".getBytes(StandardCharsets.US_ASCII);

  private int matched;
  private int completed;

  void feed(byte[] b, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (b[i] == COMPLETED[matched]) {
        matched++;
        if (matched == COMPLETED.length) {
          completed++;
          matched = 0;
        }
      } else {
        matched = b[i] == COMPLETED[0] ? 1 : 0;
      }
    }
  }

  int completed() {
    return completed;
  }
}
