package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.InstanceId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Changes of an instance's state that any node may see to be due: each is one conditional update,
 * so that of all nodes one makes it.
 */
final class StateChanges {
  private static final String READY =
      "update instance set state = 'running', state_since = :now, state_reason = null,"
          + " ready_at = coalesce(ready_at, :now)"
          + " where id = :id and state in ('pending', 'starting', 'failed')";

  private static final String FAIL =
      "update instance set state = 'failed', state_since = :now, state_reason = :reason"
          + " where id = :id and state in ('pending', 'starting')";

  private static final String LEFT =
      "insert into instance_left (instance_id, node_id) select i.id, :node from instance i"
          + " where i.id = :id and i.state = 'stopping' and not exists"
          + " (select 1 from instance_left l where l.instance_id = i.id and l.node_id = :node)";

  private static final String END =
      "update instance set state = 'terminated', state_since = :now, terminated_at = :now,"
          + " termination_reason = coalesce(state_reason, 'stopped')"
          + " where id = :id and state = 'stopping' and (state_since <= :tooOld or not exists"
          + " (select 1 from node n where n.beat_at >= :alive and not exists"
          + " (select 1 from instance_left l where l.instance_id = instance.id"
          + " and l.node_id = n.id)))";

  private static final String FORGET = "delete from instance_left where instance_id = :id";

  private StateChanges() {}

  static boolean ready(EntityManager entityManager, InstanceId id, Clock clock) {
    return of(entityManager, READY, id).setParameter("now", Times.now(clock)).executeUpdate() > 0;
  }

  static boolean fail(EntityManager entityManager, InstanceId id, String reason, Clock clock) {
    return of(entityManager, FAIL, id)
            .setParameter("now", Times.now(clock))
            .setParameter("reason", reason)
            .executeUpdate()
        > 0;
  }

  static int left(EntityManager entityManager, InstanceId id, String node) {
    return of(entityManager, LEFT, id).setParameter("node", node).executeUpdate();
  }

  static boolean end(
      EntityManager entityManager,
      InstanceId id,
      Duration nodeSilence,
      Duration longest,
      Clock clock) {
    Instant now = Times.now(clock);
    boolean ended =
        of(entityManager, END, id)
                .setParameter("now", now)
                .setParameter("tooOld", now.minus(longest))
                .setParameter("alive", databaseTime(entityManager).minus(nodeSilence))
                .executeUpdate()
            > 0;
    if (ended) {
      of(entityManager, FORGET, id).executeUpdate();
    }
    return ended;
  }

  /** Nodes' signs of life are told by the database's clock alone. */
  private static Instant databaseTime(EntityManager entityManager) {
    return ((OffsetDateTime)
            entityManager
                .createNativeQuery("select current_timestamp", OffsetDateTime.class)
                .getSingleResult())
        .toInstant();
  }

  private static Query of(EntityManager entityManager, String sql, InstanceId id) {
    return entityManager.createNativeQuery(sql).setParameter("id", id.value());
  }
}
