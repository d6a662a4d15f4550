package com.ecohash.ecolink.video;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.RequestId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A store in memory that keeps its contract, and fails when told to; every job is always due. */
final class FakeJobStore implements VideoJobStore {
  private final Map<RequestId, VideoJob> jobs = new LinkedHashMap<>();
  private final Set<RequestId> ended = new LinkedHashSet<>();
  private boolean away;
  private Consumer<VideoJob> fault = job -> {};

  synchronized void away(boolean now) {
    away = now;
  }

  /** Called with each job before it is remembered; what it throws, the store throws. */
  synchronized void failWith(Consumer<VideoJob> newFault) {
    fault = newFault;
  }

  private void requireReachable() {
    if (away) {
      throw new IllegalStateException("the database is away");
    }
  }

  @Override
  public boolean remember(VideoJob job) {
    Consumer<VideoJob> first;
    synchronized (this) {
      requireReachable();
      first = fault;
    }
    first.accept(job);
    synchronized (this) {
      VideoJob known = jobs.get(job.usage().id());
      if (known != null) {
        return known.publicId().equals(job.publicId());
      }
      if (named(job.account(), job.publicId()).isPresent()) {
        return false;
      }
      jobs.put(job.usage().id(), job);
      return true;
    }
  }

  @Override
  public synchronized boolean rename(VideoJob job) {
    requireReachable();
    return jobs.replace(job.usage().id(), job) != null;
  }

  @Override
  public synchronized Optional<VideoJob> find(AccountId account, String publicId) {
    requireReachable();
    return named(account, publicId);
  }

  private Optional<VideoJob> named(AccountId account, String publicId) {
    return jobs.values().stream()
        .filter(job -> job.account().equals(account) && job.publicId().equals(publicId))
        .findFirst();
  }

  @Override
  public synchronized List<VideoJob> takeDue(Duration next, int max) {
    requireReachable();
    return jobs.values().stream()
        .filter(job -> !ended.contains(job.usage().id()))
        .limit(max)
        .toList();
  }

  @Override
  public synchronized void end(VideoJob job) {
    requireReachable();
    ended.add(job.usage().id());
  }

  synchronized boolean hasEnded(VideoJob job) {
    return ended.contains(job.usage().id());
  }

  synchronized List<VideoJob> all() {
    return List.copyOf(jobs.values());
  }
}
