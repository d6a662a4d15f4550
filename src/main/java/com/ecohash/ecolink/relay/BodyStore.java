package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Gathers a body piece by piece: in memory while it is small, then in a file. */
final class BodyStore {
  private static final int FIRST_BYTES = 8 * 1024;

  private final BodyLimits limits;
  private byte[] memory;
  private int inMemory;
  private @Nullable FileChannel file;
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
   * @throws ApiException if the body is over the limit
   */
  void append(byte[] bytes, int size) throws IOException {
    length += size;
    refuseIfOver(length);
    if (file == null && length > limits.memoryBytesMax()) {
      file = openSpool(limits.spool());
      writeFully(file, ByteBuffer.wrap(memory, 0, inMemory));
      memory = new byte[0];
    }
    if (file != null) {
      writeFully(file, ByteBuffer.wrap(bytes, 0, size));
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

  private static FileChannel openSpool(Path folder) throws IOException {
    Path path = Files.createTempFile(Files.createDirectories(folder), "body-", ".spool");
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Files.delete(path); // the open file lives on without its name, and cannot be left behind
    return channel;
  }

  private static void writeFully(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }
}
