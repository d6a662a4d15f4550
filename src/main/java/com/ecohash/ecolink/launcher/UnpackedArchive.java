package com.ecohash.ecolink.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The archive as a folder, since neither a class loader nor a servlet container reads jars inside a
 * jar. Unpacked once per version of the file: the folder's name holds its size and time, it gets
 * that name in one step when it is whole, and folders of versions that no process uses are removed.
 * A process holds a shared lock beside its folder until it ends, however it ends.
 */
final class UnpackedArchive {
  private static final String PREFIX = "ecolink-";
  private static final String UNFINISHED = "ecolink_unfinished-";

  /** Unpacking takes seconds: what is older was left behind by a process that died meanwhile. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path folder;

  private UnpackedArchive(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** Two processes may do this at once: both unpack, one of the two folders is kept. */
  static UnpackedArchive of(Path archive, Path parent) throws IOException {
    Files.createDirectories(parent);
    Path folder = parent.resolve(PREFIX + versionOf(archive));
    holdLockOf(folder); // First, so that from here on nobody takes the folder for an unused one.
    if (!Files.isDirectory(folder)) {
      Path unfinished = Files.createTempDirectory(parent, UNFINISHED);
      unpack(archive, unfinished);
      moveOrYield(unfinished, folder);
      removeUnused(parent, folder);
    }
    return new UnpackedArchive(folder);
  }

  /**
   * Sees the launcher's classes, the server's jars and the JDK, but not the archive that {@code
   * java -jar} put on the class path.
   */
  URLClassLoader serverClassLoader() throws IOException {
    List<URL> path = new ArrayList<>(List.of(urlOf(folder)));
    path.addAll(jarsIn(folder.resolve("WEB-INF/lib-jetty")));
    return new URLClassLoader(
        "server", path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  /** Sees the application and everything it needs, without any server. */
  URLClassLoader applicationClassLoader() throws IOException {
    Path webInf = folder.resolve("WEB-INF");
    List<URL> path = new ArrayList<>(List.of(urlOf(webInf.resolve("classes"))));
    for (String jars : List.of("lib", "lib-provided", "lib-jetty")) {
      path.addAll(jarsIn(webInf.resolve(jars)));
    }
    return new URLClassLoader(
        "application", path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static List<URL> jarsIn(Path folder) throws IOException {
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.filter(jar -> jar.toString().endsWith(".jar"))
          .sorted()
          .map(UnpackedArchive::urlOf)
          .toList();
    }
  }

  private static String versionOf(Path archive) throws IOException {
    return Long.toHexString(Files.size(archive))
        + "-"
        + Long.toHexString(Files.getLastModifiedTime(archive).toMillis());
  }

  private static Path lockFileOf(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".lock");
  }

  /** Never closed on purpose: the lock is given back when the process ends. */
  private static void holdLockOf(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            lockFileOf(folder),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      channel.lock(0, Long.MAX_VALUE, true);
    } catch (OverlappingFileLockException e) {
      channel.close(); // This very process holds it already.
    }
  }

  private static void unpack(Path archive, Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        unpack(zip, all.nextElement(), folder);
      }
    }
  }

  private static void unpack(ZipFile zip, ZipEntry entry, Path folder) throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("The archive has an entry outside itself: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.resolve("..").normalize());
    try (InputStream content = zip.getInputStream(entry)) {
      Files.copy(content, target);
    }
  }

  private static void moveOrYield(Path unfinished, Path folder) throws IOException {
    try {
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      delete(unfinished); // Another process was first, and its folder is as good.
    }
  }

  private static void removeUnused(Path parent, Path kept) throws IOException {
    for (Path folder : foldersIn(parent)) {
      String name = folder.getFileName().toString();
      if (name.startsWith(PREFIX) && !folder.equals(kept)) {
        removeUnlessHeld(folder);
      } else if (name.startsWith(UNFINISHED) && isAbandoned(folder)) {
        delete(folder);
      }
    }
  }

  private static List<Path> foldersIn(Path parent) throws IOException {
    try (Stream<Path> content = Files.list(parent)) {
      return content.filter(Files::isDirectory).toList();
    }
  }

  private static boolean isAbandoned(Path folder) throws IOException {
    try {
      Instant changed = Files.getLastModifiedTime(folder).toInstant();
      return changed.isBefore(Instant.now().minus(ABANDONED));
    } catch (NoSuchFileException e) {
      return false; // Another process has just finished it.
    }
  }

  private static void removeUnlessHeld(Path folder) throws IOException {
    Path lockFile = lockFileOf(folder);
    if (!Files.exists(lockFile)) {
      return; // Not ours, whatever its name.
    }
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      if (held != null) {
        delete(folder);
        Files.deleteIfExists(lockFile);
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process.
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // Left-overs cost disk space and nothing else; the next start tries again.
    }
  }

  private static URL urlOf(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
