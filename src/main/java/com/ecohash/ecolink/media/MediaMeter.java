package com.ecohash.ecolink.media;

import java.time.Duration;
import java.util.Optional;

/** Stub. */
public final class MediaMeter {
  public static MediaMeter sniffing() {
    return new MediaMeter();
  }

  public static MediaMeter of(String contentType, String format) {
    return new MediaMeter();
  }

  public void feed(byte[] b, int off, int len) {}

  public Optional<Duration> duration() {
    return Optional.empty();
  }
}
