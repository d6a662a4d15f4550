package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.people.GuardSubject;
import com.ecohash.ecolink.access.people.SignInGuard;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** Failed sign-ins in the database. Rows are locked in the order of their keys. */
public final class JpaSignInGuard implements SignInGuard {
  /** Somebody else may make the same row first; then it is there. */
  private static final int TRIES_MAX = 5;

  private final Database database;
  private final Clock clock;

  public JpaSignInGuard(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<Duration> begin(List<GuardSubject> subjects) {
    for (int tries = 1; ; tries++) {
      try {
        return database.transaction(entityManager -> begin(entityManager, sorted(subjects)));
      } catch (ConstraintViolationException e) {
        if (tries == TRIES_MAX) {
          throw e;
        }
      }
    }
  }

  private static List<GuardSubject> sorted(List<GuardSubject> subjects) {
    return subjects.stream().sorted(Comparator.comparing(GuardSubject::key)).toList();
  }

  private Optional<Duration> begin(EntityManager entityManager, List<GuardSubject> subjects) {
    Instant now = Times.now(clock);
    List<SignInGuardEntity> rows =
        subjects.stream().map(subject -> locked(entityManager, subject, now)).toList();
    Duration wait =
        rows.stream().map(row -> row.waitAt(now)).max(Duration::compareTo).orElse(Duration.ZERO);
    if (!wait.isZero()) {
      return Optional.of(wait);
    }
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i).count(subjects.get(i), now);
    }
    return Optional.empty();
  }

  private static SignInGuardEntity locked(
      EntityManager entityManager, GuardSubject subject, Instant now) {
    @Nullable SignInGuardEntity row = lock(entityManager, subject);
    if (row != null) {
      return row;
    }
    SignInGuardEntity made = new SignInGuardEntity(subject.key(), now);
    entityManager.persist(made);
    entityManager.flush();
    return made;
  }

  private static @Nullable SignInGuardEntity lock(
      EntityManager entityManager, GuardSubject subject) {
    return entityManager.find(
        SignInGuardEntity.class, subject.key(), LockModeType.PESSIMISTIC_WRITE);
  }

  @Override
  public void succeeded(List<GuardSubject> subjects) {
    database.transaction(
        entityManager -> {
          for (GuardSubject subject : sorted(subjects)) {
            change(
                entityManager,
                subject,
                subject.clearedBySuccess() ? SignInGuardEntity::clear : SignInGuardEntity::uncount);
          }
          return subjects;
        });
  }

  @Override
  public void undecided(List<GuardSubject> subjects) {
    database.transaction(
        entityManager -> {
          for (GuardSubject subject : sorted(subjects)) {
            change(entityManager, subject, SignInGuardEntity::uncount);
          }
          return subjects;
        });
  }

  private static void change(
      EntityManager entityManager, GuardSubject subject, Consumer<SignInGuardEntity> change) {
    @Nullable SignInGuardEntity row = lock(entityManager, subject);
    if (row != null) {
      change.accept(row);
    }
  }
}
