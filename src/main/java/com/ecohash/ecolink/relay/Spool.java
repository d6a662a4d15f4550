package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The folder of bodies that are too large for the memory, and how much all of them may take of its
 * disk together. What is not sent on yet counts; a body that has ended does not.
 */
public final class Spool {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Path folder;
  private final long bytesMax;
  private final String limitKey;
  private final AtomicLong takenBytes = new AtomicLong();

  /**
   * @param limitKey the configuration key that a refusal names
   */
  public Spool(Path folder, long bytesMax, String limitKey) {
    this.folder = folder;
    this.bytesMax = bytesMax;
    this.limitKey = limitKey;
  }

  /** A file for one body. */
  SpoolFile open() throws IOException {
    return SpoolFile.in(folder, this);
  }

  /**
   * @throws ApiException 503 if all bodies together would be over the limit
   */
  void take(long bytes) {
    if (takenBytes.addAndGet(bytes) > bytesMax) {
      takenBytes.addAndGet(-bytes);
      throw new ApiException(
              ErrorType.OVERLOADED,
              "The request bodies that the gateway holds are at the limit `"
                  + limitKey
                  + "` together. Try again soon.")
          .withRetryAfter(RETRY_AFTER);
    }
  }

  void giveBack(long bytes) {
    takenBytes.addAndGet(-bytes);
  }

  long takenBytes() {
    return takenBytes.get();
  }
}
