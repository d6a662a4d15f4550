package com.ecohash.ecolink.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** One body in the spool: an open file without a name, which vanishes when it is closed. */
final class SpoolFile implements AutoCloseable {
  private final FileChannel channel;
  private final Spool spool;
  private final AtomicLong takenBytes = new AtomicLong();

  private SpoolFile(FileChannel channel, Spool spool) {
    this.channel = channel;
    this.spool = spool;
  }

  static SpoolFile in(Path folder, Spool spool) throws IOException {
    Path path = Files.createTempFile(Files.createDirectories(folder), "body-", ".spool");
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Files.delete(path); // the open file lives on without its name, and cannot be left behind
    return new SpoolFile(channel, spool);
  }

  void append(byte[] bytes, int size) throws IOException {
    spool.take(size);
    takenBytes.addAndGet(size);
    ByteBuffer left = ByteBuffer.wrap(bytes, 0, size);
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  FileChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    spool.giveBack(takenBytes.getAndSet(0)); // once, however often it is closed
    channel.close();
  }
}
