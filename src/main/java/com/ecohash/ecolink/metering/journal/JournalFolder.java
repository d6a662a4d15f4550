package com.ecohash.ecolink.metering.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The journal's files: {@code <number>.journal}, one lock for the process that owns them, {@code
 * *.tmp} for what is not whole yet, {@code *.damaged} for copies that are kept for people.
 */
final class JournalFolder implements AutoCloseable {
  private static final String SEGMENT_SUFFIX = ".journal";
  private static final String UNFINISHED_SUFFIX = ".tmp";
  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 20).asReadOnlyBuffer();

  private final Path folder;
  private final FileChannel lock;

  private JournalFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Makes the folder if need be, and locks it until {@link #close}.
   *
   * @throws JournalException if another process has it
   */
  static JournalFolder open(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(lock)) {
      lock.close();
      throw new JournalException(
          "another EcoLink process is writing the journal in "
              + folder.toAbsolutePath()
              + ": stop it, or give this one a data directory of its own");
    }
    JournalFolder opened = new JournalFolder(folder, lock);
    opened.deleteUnfinished();
    return opened;
  }

  private static boolean isLocked(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by this very process: two deployments on one data directory
    }
  }

  private void deleteUnfinished() throws IOException {
    for (Path unfinished : list(UNFINISHED_SUFFIX)) {
      Files.delete(unfinished);
    }
  }

  Path path() {
    return folder;
  }

  /** The segments, oldest first. */
  List<Path> segments() throws IOException {
    return list(SEGMENT_SUFFIX);
  }

  private List<Path> list(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(suffix)).sorted().toList();
    }
  }

  static long number(Path segment) {
    String name = segment.getFileName().toString();
    try {
      return Long.parseLong(name.substring(0, name.length() - SEGMENT_SUFFIX.length()));
    } catch (NumberFormatException e) {
      throw new JournalException(segment + " is no journal segment: move it elsewhere", e);
    }
  }

  private Path segment(long number) {
    return folder.resolve(String.format(Locale.ROOT, "%020d%s", number, SEGMENT_SUFFIX));
  }

  private Path unfinished(long number) {
    return folder.resolve(number + UNFINISHED_SUFFIX);
  }

  /**
   * A new, empty segment. Its zeros are written, not left as a hole: writing through the mapping to
   * a hole on a full disk would end the process with SIGBUS.
   */
  Segment create(long number, int sizeBytes) throws IOException {
    Path unfinished = unfinished(number);
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      writeZeros(channel, sizeBytes);
      MappedByteBuffer buffer = channel.map(FileChannel.MapMode.READ_WRITE, 0, sizeBytes);
      Segment.header(buffer);
      Path file = segment(number);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return Segment.fresh(number, file, buffer);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }

  private static void writeZeros(FileChannel channel, int sizeBytes) throws IOException {
    int left = sizeBytes;
    while (left > 0) {
      ByteBuffer zeros = ZEROS.duplicate();
      zeros.limit(Math.min(left, zeros.capacity()));
      left -= channel.write(zeros);
    }
  }

  /** Makes a drained segment the new empty one, without another allocation on the disk. */
  Segment recycle(Segment drained, long number) throws IOException {
    Path unfinished = unfinished(number);
    Path file = segment(number);
    Files.move(drained.file(), unfinished, StandardCopyOption.ATOMIC_MOVE);
    Segment reborn = drained.reborn(number, file);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    return reborn;
  }

  /** A segment of an earlier process, its first {@code end} bytes. */
  Segment map(Path file, int end) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer buffer = channel.map(FileChannel.MapMode.READ_WRITE, 0, end);
      return Segment.recovered(number(file), file, buffer, end);
    }
  }

  /** Gives back what lies behind {@code end}: many restarts must not fill the journal. */
  Segment truncate(Path file, int end) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(end);
    }
    return map(file, end);
  }

  void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  /** Keeps a copy of a damaged segment for people to look at. */
  Path keepDamaged(Path segment) throws IOException {
    Path kept = segment.resolveSibling(segment.getFileName() + ".damaged");
    Path unfinished = segment.resolveSibling(segment.getFileName() + UNFINISHED_SUFFIX);
    Files.copy(segment, unfinished, StandardCopyOption.REPLACE_EXISTING);
    return Files.move(unfinished, kept, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
