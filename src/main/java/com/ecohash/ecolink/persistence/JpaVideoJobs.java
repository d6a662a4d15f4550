package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.video.VideoJob;
import com.ecohash.ecolink.video.VideoJobStore;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

/** Video jobs in the database. */
public final class JpaVideoJobs implements VideoJobStore {
  private final Database database;
  private final Clock clock;

  public JpaVideoJobs(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public boolean remember(VideoJob job) {
    try {
      return database.transaction(entityManager -> remember(entityManager, job));
    } catch (ConstraintViolationException e) {
      return false; // another node was faster by that name
    }
  }

  private boolean remember(EntityManager entityManager, VideoJob job) {
    VideoJobEntity known = entityManager.find(VideoJobEntity.class, job.usage().id().value());
    if (known != null) {
      return known.isCalled(job.publicId());
    }
    if (find(entityManager, job.account(), job.publicId()).isPresent()) {
      return false;
    }
    entityManager.persist(new VideoJobEntity(job, Times.now(clock)));
    entityManager.flush();
    return true;
  }

  @Override
  public boolean rename(VideoJob job) {
    return database.transaction(
            entityManager ->
                entityManager
                    .createQuery("update VideoJobEntity set publicId = :name where usageId = :id")
                    .setParameter("name", job.publicId())
                    .setParameter("id", job.usage().id().value())
                    .executeUpdate())
        == 1;
  }

  @Override
  public Optional<VideoJob> find(AccountId account, String publicId) {
    return database.transaction(
        entityManager -> find(entityManager, account, publicId).map(VideoJobEntity::toJob));
  }

  private static Optional<VideoJobEntity> find(
      EntityManager entityManager, AccountId account, String publicId) {
    return entityManager
        .createQuery(
            "from VideoJobEntity where accountId = :account and publicId = :id",
            VideoJobEntity.class)
        .setParameter("account", account.value())
        .setParameter("id", publicId)
        .getResultStream()
        .findFirst();
  }

  @Override
  public List<VideoJob> takeDue(Duration next, int max) {
    Instant now = Times.now(clock);
    List<VideoJob> due =
        database.transaction(
            entityManager ->
                entityManager
                    .createQuery(
                        "from VideoJobEntity where nextPollAt <= :now order by nextPollAt",
                        VideoJobEntity.class)
                    .setParameter("now", now)
                    .setMaxResults(max)
                    .getResultStream()
                    .map(VideoJobEntity::toJob)
                    .toList());
    return due.stream().filter(job -> take(job, now, now.plus(next))).toList();
  }

  /** Whoever moves the turn on has it; another node that read the same row finds it moved. */
  private boolean take(VideoJob job, Instant now, Instant nextTurn) {
    int moved =
        database.transaction(
            entityManager ->
                entityManager
                    .createQuery(
                        "update VideoJobEntity set nextPollAt = :next"
                            + " where usageId = :id and nextPollAt <= :now")
                    .setParameter("next", nextTurn)
                    .setParameter("id", job.usage().id().value())
                    .setParameter("now", now)
                    .executeUpdate());
    return moved == 1;
  }

  @Override
  public void end(VideoJob job) {
    database.transaction(
        entityManager ->
            entityManager
                .createQuery(
                    "update VideoJobEntity set nextPollAt = null, endedAt = :now"
                        + " where usageId = :id and endedAt is null")
                .setParameter("now", Times.now(clock))
                .setParameter("id", job.usage().id().value())
                .executeUpdate());
  }
}
