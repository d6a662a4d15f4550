package com.ecohash.ecolink.metering.journal;

import com.ecohash.ecolink.metering.UsageRecord;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Usage records that the store refuses for ever, one JSON file each: for people to mend and store.
 * Nothing here deletes them.
 */
final class RejectedRecords {
  private static final String SUFFIX = ".json";

  private final Path folder;
  private final AtomicLong count;
  private final ObjectMapper json =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  RejectedRecords(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      count = new AtomicLong(files.filter(RejectedRecords::isRecord).count());
    }
  }

  private static boolean isRecord(Path file) {
    return file.getFileName().toString().endsWith(SUFFIX);
  }

  /** Writes it down, whole or not at all. */
  Path add(UsageRecord record) throws IOException {
    String name = record.id().value().replaceAll("[^0-9a-z_]", "-");
    Path file = folder.resolve(name + SUFFIX);
    Path unfinished = folder.resolve(name + ".tmp");
    json.writeValue(unfinished.toFile(), record);
    boolean known = Files.exists(file); // from before a crash
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    if (!known) {
      count.incrementAndGet();
    }
    return file;
  }

  /** How many were found at the start or added since. */
  long count() {
    return count.get();
  }
}
