package com.ecohash.ecolink.routing;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.InstanceState;
import com.ecohash.ecolink.instances.Mode;
import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.instances.Replica;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Instances as routing sees them: only the replicas matter, and how they are checked. */
public final class TestingInstances {
  private TestingInstances() {}

  public static Instance of(Replica... replicas) {
    return of(InstanceState.RUNNING, Optional.of("/health"), Optional.empty(), replicas);
  }

  public static Instance of(
      InstanceState state,
      Optional<String> healthPath,
      Optional<String> upstreamKey,
      Replica... replicas) {
    return new Instance(
        new InstanceId(142),
        new AccountId(1),
        "my-llama",
        Optional.of(Category.CHAT),
        Mode.OPENAI,
        Optional.empty(),
        Protocol.HTTP_1_1,
        state,
        false,
        healthPath,
        upstreamKey,
        List.of(replicas),
        ManualTime.START);
  }

  public static Replica replica(long id, String region) {
    return replica(id, region, URI.create("http://127.0.0.1:9"), false);
  }

  public static Replica draining(long id, String region) {
    return replica(id, region, URI.create("http://127.0.0.1:9"), true);
  }

  public static Replica replica(long id, String region, URI endpoint, boolean draining) {
    return new Replica(new ReplicaId(id), new RegionId(region), endpoint, draining);
  }
}
