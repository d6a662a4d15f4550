package com.ecohash.ecolink.persistence;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;

/**
 * What one node at a time does for all that share the database, again and again. A node that dies
 * at it is noticed by its missing heartbeats, and another one goes on.
 */
public final class ClusterTasks implements AutoCloseable {
  /** With four missed ones, a dead node's work rests for some 20 seconds. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private static final int MISSED_MAX = 4;
  private static final Duration POLL_MAX = Duration.ofSeconds(5);
  private static final Duration STOP_MAX = Duration.ofSeconds(10);

  private final Scheduler scheduler;

  private ClusterTasks(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * Does the work from now on, with this pause between the end of one run and the next.
   *
   * @param node this gateway's name, of this start alone
   * @param name of the work, the same on all nodes
   */
  public static ClusterTasks start(
      Database database, String node, String name, Duration pause, Runnable work) {
    RecurringTask<Void> task =
        Tasks.recurring(name, FixedDelay.of(pause)).execute((instance, context) -> work.run());
    Scheduler scheduler =
        Scheduler.create(database.connections())
            .startTasks(task)
            .threads(1)
            .schedulerName(new SchedulerName.Fixed(node))
            .pollingInterval(pause.compareTo(POLL_MAX) < 0 ? pause : POLL_MAX)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_MAX)
            .commitWhenAutocommitDisabled(true)
            .shutdownMaxWait(STOP_MAX)
            .build();
    scheduler.start();
    return new ClusterTasks(scheduler);
  }

  @Override
  public void close() {
    scheduler.stop();
  }
}
