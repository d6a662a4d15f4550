package com.ecohash.ecolink.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever the bytes are and however they are cut: the same answer, no exception, a time between
 * zero and the longest, and no more memory than is promised. {@code -Djqwik.tries.default=100000}
 * tries longer.
 */
final class MediaMeterPropertiesTest {
  private static final int EVERY_PREFIX_UP_TO = 1500;
  private static final int PREFIX_STEP = 61;

  @Property
  void holdsForRandomBytes(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[random.nextInt(3000)];
    random.nextBytes(bytes);

    check(bytes, random);
  }

  @Property
  void holdsForSoupsOfEveryFormat(@ForAll long seed) {
    Random random = new Random(seed);

    check(Hostile.soup(random), random);
  }

  @Property
  void holdsForMediaThatWereBroken(@ForAll long seed) {
    Random random = new Random(seed);
    List<Sample> samples = MediaSamples.small();
    Sample sample = samples.get(random.nextInt(samples.size()));

    check(Hostile.broken(sample.bytes(), random), random);
  }

  /** Where a stream breaks off, it is as long as if it had come in one piece up to there. */
  @Example
  void holdsForEveryBeginning() {
    for (Sample sample : MediaSamples.small()) {
      byte[] bytes = sample.bytes();
      MediaMeter growing = MediaMeter.sniffing();
      int fed = 0;
      for (int end = 1; end <= bytes.length; end += end < EVERY_PREFIX_UP_TO ? 1 : PREFIX_STEP) {
        growing.feed(bytes, fed, end - fed);
        fed = end;

        assertThat(growing.duration()).as("%s to %s", sample, end).isEqualTo(whole(bytes, end));
      }
    }
  }

  private static void check(byte[] bytes, Random random) {
    MediaChecks.check(bytes, random, random.nextInt(4) == 0);
  }

  private static Optional<Duration> whole(byte[] bytes, int length) {
    MediaMeter meter = MediaMeter.sniffing();
    meter.feed(bytes, 0, length);
    return meter.duration();
  }
}
