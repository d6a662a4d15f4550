package com.ecohash.ecolink.instances;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import java.util.List;
import java.util.Optional;

/** The instances, as they are kept. Never deletes one: its usage refers to it. */
public interface Instances {
  /** Makes the instance, running; empty if a platform model of this name is there already. */
  Optional<DeployedInstance> launch(Launch launch);

  /** The account's instances, terminated ones included, newest first. */
  List<DeployedInstance> list(AccountId account);

  /** One of the account's instances. */
  Optional<DeployedInstance> find(AccountId account, InstanceId id);

  /** Whether there is, or was, such an instance of anybody's. */
  boolean exists(InstanceId id);

  /**
   * Ends an instance; one that has ended stays as it is.
   *
   * @return the terminated instance, or empty if the account has none of this id
   */
  Optional<DeployedInstance> terminate(AccountId account, InstanceId id, String reason);
}
