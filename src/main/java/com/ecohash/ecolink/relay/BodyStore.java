package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Gathers a body piece by piece: in memory while it is small, then in a file. */
final class BodyStore {
  private static final int FIRST_BYTES = 8 * 1024;

  private final BodyLimits limits;
  private byte[] memory;
  private int inMemory;
  private @Nullable SpoolFile file;
  private long length;

  /**
   * @param announcedBytes of the body, −1 if it was not announced
   */
  BodyStore(BodyLimits limits, long announcedBytes) {
    this.limits = limits;
    refuseIfOver(announcedBytes);
    int first = announcedBytes < 0 ? FIRST_BYTES : (int) Math.min(announcedBytes, FIRST_BYTES);
    boolean fits = announcedBytes >= 0 && announcedBytes <= limits.memoryBytesMax();
    this.memory = new byte[fits ? (int) announcedBytes : first];
  }

  /**
   * @throws ApiException if the body is over the limit, or all spooled ones together are
   * @throws IOException if it cannot be written to the spool
   */
  void append(byte[] bytes, int size) throws IOException {
    length += size;
    refuseIfOver(length);
    if (file == null && length > limits.memoryBytesMax()) {
      file = limits.spool().open();
      file.append(memory, inMemory);
      memory = new byte[0];
    }
    if (file != null) {
      file.append(bytes, size);
      return;
    }
    if (length > memory.length) {
      memory =
          Arrays.copyOf(
              memory,
              (int) Math.max(length, Math.min(2L * memory.length, limits.memoryBytesMax())));
    }
    System.arraycopy(bytes, 0, memory, inMemory, size);
    inMemory += size;
  }

  StoredBody stored() {
    return file == null
        ? new StoredBody.InMemory(memory, inMemory)
        : new StoredBody.Spooled(file, length);
  }

  /** Gives up what was gathered. */
  void discard() {
    stored().close();
  }

  private void refuseIfOver(long bytes) {
    if (bytes > limits.bodyBytesMax()) {
      throw new ApiException(
          ErrorType.REQUEST_TOO_LARGE,
          "The request body is larger than "
              + limits.bodyBytesMax()
              + " bytes, the limit `"
              + limits.limitKey()
              + "`.");
    }
  }
}
