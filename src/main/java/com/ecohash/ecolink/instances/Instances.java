package com.ecohash.ecolink.instances;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The instances, as they are kept. Never deletes one: its usage refers to it. */
public interface Instances {
  /** Makes the instance, starting; empty if a platform model of this name is there already. */
  Optional<DeployedInstance> launch(Launch launch);

  /**
   * The account's instances, terminated ones included, newest first.
   *
   * @param before only instances older than this one
   */
  List<DeployedInstance> list(
      AccountId account, InstanceFilter filter, Optional<InstanceId> before, int limit);

  /** All of them. */
  default List<DeployedInstance> list(AccountId account) {
    return list(account, InstanceFilter.ALL, Optional.empty(), Integer.MAX_VALUE);
  }

  /** One of the account's instances. */
  Optional<DeployedInstance> find(AccountId account, InstanceId id);

  /** Anybody's instance, also one that has ended. */
  Optional<DeployedInstance> find(InstanceId id);

  /**
   * A container answers: an instance that was starting, or had failed to, runs.
   *
   * @return whether this changed it; of several nodes that see the same, one is told so
   */
  boolean ready(InstanceId id);

  /**
   * No container has answered in time: an instance that was starting has failed.
   *
   * @return whether this changed it
   */
  boolean fail(InstanceId id, String reason);

  /**
   * Begins to stop an instance: it takes no new exchanges. One that is stopping or has ended stays
   * as it is.
   *
   * @return the instance as it is now, or empty if the account has none of this id
   */
  Optional<DeployedInstance> stop(AccountId account, InstanceId id, String reason);

  /** A node has nothing in flight any more with an instance that is stopping. */
  void left(InstanceId id, String node);

  /**
   * Ends an instance that is stopping, if every live node has left it or it took too long.
   *
   * @param nodeSilence a node that gave no sign of life for so long is not waited for
   * @param longest an instance that has been stopping for so long is waited for no longer
   * @return whether this changed it
   */
  boolean endStopped(InstanceId id, Duration nodeSilence, Duration longest);

  /**
   * Ends an instance at once, whatever is in flight; one that has ended stays as it is.
   *
   * @return the terminated instance, or empty if the account has none of this id
   */
  Optional<DeployedInstance> terminate(AccountId account, InstanceId id, String reason);
}
