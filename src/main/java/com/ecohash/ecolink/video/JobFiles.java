package com.ecohash.ecolink.video;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that the database does not have yet, one JSON file each. A file outlives this process, not a
 * power cut within the next seconds: as with the journal, nobody waits for the disk.
 */
final class JobFiles {
  private static final Logger LOG = LoggerFactory.getLogger(JobFiles.class);
  private static final String SUFFIX = ".json";

  private final Path folder;
  private final ObjectMapper json = new ObjectMapper();

  JobFiles(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** What an earlier process left, oldest first. A file that cannot be read stays for people. */
  List<VideoJob> all() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
    }
    List<VideoJob> jobs = new ArrayList<>();
    for (Path file : files) {
      try {
        jobs.add(json.readValue(file.toFile(), KeptJob.class).toJob());
      } catch (IOException | RuntimeException e) {
        LOG.error("{} is no video job: it is not followed and not billed", file, e);
      }
    }
    return jobs;
  }

  /** Writes it down, whole or not at all. */
  void write(VideoJob job) throws IOException {
    Path unfinished = folder.resolve(name(job) + ".tmp");
    json.writeValue(unfinished.toFile(), KeptJob.of(job));
    Files.move(unfinished, file(job), StandardCopyOption.ATOMIC_MOVE);
  }

  void delete(VideoJob job) throws IOException {
    Files.deleteIfExists(file(job));
  }

  private Path file(VideoJob job) {
    return folder.resolve(name(job) + SUFFIX);
  }

  /** It sorts by time. */
  private static String name(VideoJob job) {
    return job.usage().id().value();
  }
}
