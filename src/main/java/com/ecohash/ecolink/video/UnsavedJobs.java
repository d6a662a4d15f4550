package com.ecohash.ecolink.video;

import com.ecohash.ecolink.ids.AccountId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that began while the database was away, until it has them. They outlive this process. Safe
 * for threads.
 */
public final class UnsavedJobs {
  private static final Logger LOG = LoggerFactory.getLogger(UnsavedJobs.class);

  private record Name(AccountId account, String publicId) {
    static Name of(VideoJob job) {
      return new Name(job.account(), job.publicId());
    }
  }

  private final JobFiles files;
  private final int max;

  /** In the order in which they are stored. */
  private final Map<Name, VideoJob> jobs = new LinkedHashMap<>();

  private UnsavedJobs(JobFiles files, int max) throws IOException {
    this.files = files;
    this.max = max;
    files.all().forEach(job -> jobs.put(Name.of(job), job));
    if (!jobs.isEmpty()) {
      LOG.info("{} video jobs of an earlier process are not stored yet", jobs.size());
    }
  }

  /**
   * Those that an earlier process left in the folder, which is this process's alone.
   *
   * @param max with so many, no other job should begin
   */
  public static UnsavedJobs in(Path folder, int max) {
    try {
      return new UnsavedJobs(new JobFiles(folder), max);
    } catch (IOException e) {
      throw new UncheckedIOException("the video jobs in " + folder + " cannot be read", e);
    }
  }

  synchronized boolean isFull() {
    return jobs.size() >= max;
  }

  /** Keeps a job that has begun: also beyond the limit, and in memory if the disk is full. */
  synchronized void keep(VideoJob job) {
    try {
      files.write(job);
    } catch (IOException e) {
      LOG.error("video job {} is kept in memory alone, where it ends with it", job.publicId(), e);
    }
    jobs.put(Name.of(job), job);
  }

  synchronized Optional<VideoJob> find(AccountId account, String publicId) {
    return Optional.ofNullable(jobs.get(new Name(account, publicId)));
  }

  synchronized List<VideoJob> next(int most) {
    return jobs.values().stream().limit(most).toList();
  }

  /** The others are not to wait for this one. */
  synchronized void putLast(VideoJob job) {
    if (jobs.remove(Name.of(job), job)) {
      jobs.put(Name.of(job), job);
    }
  }

  synchronized void stored(VideoJob job) {
    jobs.remove(Name.of(job), job);
    try {
      files.delete(job);
    } catch (IOException e) {
      LOG.warn("the next start stores video job {} once more", job.publicId(), e);
    }
  }
}
