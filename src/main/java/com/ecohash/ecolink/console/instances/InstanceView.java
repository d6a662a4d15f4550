package com.ecohash.ecolink.console.instances;

import com.ecohash.ecolink.console.AuditedAnswer;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.DeployedInstance;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Mode;
import com.ecohash.ecolink.instances.Replica;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An instance on the wire; never its credential.
 *
 * @param model what to write into {@code model}; null in mode {@code custom}
 * @param stateReason a short word where the state needs one: {@code not_ready}, {@code stopped}
 * @param readyAt when a container first passed a health check
 * @param proxyPath where to call it; null unless in mode {@code custom}
 */
public record InstanceView(
    long id,
    String name,
    Optional<String> category,
    boolean openaiCompatible,
    Optional<String> customApiPath,
    String protocol,
    boolean platform,
    String state,
    Instant stateSince,
    Optional<String> stateReason,
    Optional<Instant> readyAt,
    Optional<String> model,
    Optional<String> proxyPath,
    Optional<String> image,
    Optional<Integer> port,
    Optional<String> healthPath,
    Optional<String> gpuType,
    int gpuCount,
    boolean hasUpstreamKey,
    List<ReplicaView> regions,
    Instant createdAt,
    Optional<Instant> terminatedAt,
    Optional<String> terminationReason)
    implements AuditedAnswer {
  /**
   * An instance in one region, on the wire.
   *
   * @param inFlight exchanges that this node has under way there
   */
  public record ReplicaView(
      long id,
      String region,
      String endpoint,
      boolean draining,
      String health,
      Optional<String> healthReason,
      int inFlight) {}

  public InstanceView {
    regions = List.copyOf(regions);
  }

  @Override
  public Optional<String> auditId() {
    return Optional.of(Long.toString(id));
  }

  @Override
  public String auditDetail() {
    return name + ", " + state;
  }

  static InstanceView of(DeployedInstance deployed, ReplicaHealth health) {
    Instance instance = deployed.instance();
    boolean openai = instance.mode() == Mode.OPENAI;
    return new InstanceView(
        instance.id().value(),
        instance.name(),
        instance.category().map(Category::wireName),
        openai,
        instance.customApiPath(),
        instance.protocol().wireName(),
        instance.platform(),
        instance.state().wireName(),
        deployed.life().since(),
        deployed.life().reason(),
        deployed.life().readyAt(),
        openai ? Optional.of(instance.modelReference()) : Optional.empty(),
        instance
            .customApiPath()
            .map(path -> "/inference-instances/" + instance.id() + "/proxy" + path),
        deployed.container().image(),
        deployed.container().port(),
        instance.healthPath(),
        deployed.container().gpuType(),
        deployed.container().gpuCount(),
        instance.upstreamKey().isPresent(),
        instance.replicas().stream().map(replica -> view(replica, health)).toList(),
        instance.createdAt(),
        deployed.termination().map(DeployedInstance.Termination::at),
        deployed.termination().map(DeployedInstance.Termination::reason));
  }

  private static ReplicaView view(Replica replica, ReplicaHealth health) {
    return new ReplicaView(
        replica.id().value(),
        replica.region().value(),
        replica.endpoint().toString(),
        replica.draining(),
        health.of(replica.id()).orElse(RegionResource.UNKNOWN_HEALTH),
        health.reason(replica.id()),
        health.inFlight(replica.id()));
  }
}
