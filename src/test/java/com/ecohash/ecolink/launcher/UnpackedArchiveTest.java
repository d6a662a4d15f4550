package com.ecohash.ecolink.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedArchiveTest {
  @TempDir Path dir;

  private Path archive(String entry, String content) throws IOException {
    Path archive = dir.resolve("test.war");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.putNextEntry(new ZipEntry("WEB-INF/"));
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return archive;
  }

  private List<Path> foldersUnpacked() throws IOException {
    try (Stream<Path> content = Files.list(dir.resolve("unpacked"))) {
      return content.filter(Files::isDirectory).toList();
    }
  }

  private UnpackedArchive unpack(Path archive) throws IOException {
    return UnpackedArchive.of(archive, dir.resolve("unpacked"));
  }

  @Test
  void unpacksOncePerVersion() throws IOException {
    Path archive = archive("WEB-INF/a.txt", "one");
    Path folder = unpack(archive).folder();
    Files.writeString(folder.resolve("WEB-INF/a.txt"), "touched");

    assertThat(unpack(archive).folder()).isEqualTo(folder);
    assertThat(folder.resolve("WEB-INF/a.txt")).hasContent("touched");
  }

  @Test
  void aChangedArchiveIsUnpackedAnew() throws IOException {
    unpack(archive("WEB-INF/a.txt", "one"));
    Path changed = archive("WEB-INF/a.txt", "two and more");
    Files.setLastModifiedTime(changed, FileTime.from(Instant.EPOCH));

    assertThat(unpack(changed).folder().resolve("WEB-INF/a.txt")).hasContent("two and more");
  }

  @Test
  void aVersionThatNobodyHoldsIsRemoved() throws IOException {
    Path old = Files.createDirectories(dir.resolve("unpacked/ecolink-old/WEB-INF"));
    Files.writeString(dir.resolve("unpacked/ecolink-old.lock"), "");
    Path foreign = Files.createDirectories(dir.resolve("unpacked/ecolink-notes"));

    Path folder = unpack(archive("WEB-INF/a.txt", "one")).folder();

    assertThat(old).doesNotExist();
    assertThat(foldersUnpacked()).containsExactlyInAnyOrder(folder, foreign);
  }

  @Test
  void leavesOfADeadUnpackingAreRemoved() throws IOException {
    Path dead = Files.createDirectories(dir.resolve("unpacked/ecolink_unfinished-1"));
    Path alive = Files.createDirectories(dir.resolve("unpacked/ecolink_unfinished-2"));
    Files.setLastModifiedTime(dead, FileTime.from(Instant.EPOCH));

    unpack(archive("WEB-INF/a.txt", "one"));

    assertThat(dead).doesNotExist();
    assertThat(alive).exists();
  }

  @Test
  void severalAtOnceSeeTheSameWholeFolder() throws Exception {
    Path archive = archive("WEB-INF/a.txt", "one".repeat(1_000_000));
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try {
      Callable<Long> sizeSeen = () -> Files.size(unpack(archive).folder().resolve("WEB-INF/a.txt"));
      for (Future<Long> size : executor.invokeAll(Collections.nCopies(8, sizeSeen))) {
        assertThat(size.get()).isEqualTo(3_000_000);
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(foldersUnpacked()).hasSize(1);
  }

  @Test
  void anEntryCannotLeaveTheFolder() throws IOException {
    Path archive = archive("../../escaped.txt", "one");

    assertThatIOException().isThrownBy(() -> unpack(archive)).withMessageContaining("outside");
    assertThat(dir.resolve("escaped.txt")).doesNotExist();
  }
}
