package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.Container;
import com.ecohash.ecolink.instances.DeployedInstance;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.InstanceState;
import com.ecohash.ecolink.instances.Launch;
import com.ecohash.ecolink.instances.Mode;
import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.instances.Replica;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of {@code instance}. */
@Entity
@Table(name = "instance")
class InstanceEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @Column(name = "account_id")
  private long accountId;

  private String name;
  private @Nullable String category;
  private String mode;

  @Column(name = "custom_api_path")
  private @Nullable String customApiPath;

  private String protocol;
  private String state;
  private boolean platform;

  @Column(name = "platform_name")
  private @Nullable String platformName;

  @Column(name = "health_path")
  private @Nullable String healthPath;

  @Column(name = "upstream_key")
  private @Nullable String upstreamKey;

  private @Nullable String image;
  private @Nullable Integer port;

  @Column(name = "gpu_type")
  private @Nullable String gpuType;

  @Column(name = "gpu_count")
  private int gpuCount;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "terminated_at")
  private @Nullable Instant terminatedAt;

  @Column(name = "termination_reason")
  private @Nullable String terminationReason;

  @SuppressWarnings("NullAway.Init")
  InstanceEntity() {} // for JPA

  InstanceEntity(Launch launch, InstanceState state, Instant createdAt) {
    this.accountId = launch.account().value();
    this.name = launch.name();
    this.category = launch.category().map(Category::wireName).orElse(null);
    this.mode = launch.mode().name().toLowerCase(Locale.ROOT);
    this.customApiPath = launch.customApiPath().orElse(null);
    this.protocol = launch.protocol().wireName();
    this.state = state.wireName();
    this.platform = launch.platform();
    this.platformName = launch.platform() ? launch.name() : null;
    this.healthPath = launch.healthPath().orElse(null);
    this.upstreamKey = launch.upstreamKey().orElse(null);
    this.image = launch.container().image().orElse(null);
    this.port = launch.container().port().orElse(null);
    this.gpuType = launch.container().gpuType().orElse(null);
    this.gpuCount = launch.container().gpuCount();
    this.createdAt = createdAt;
  }

  long id() {
    return id;
  }

  String name() {
    return name;
  }

  boolean isTerminated() {
    return terminatedAt != null;
  }

  /** Ends it; its name as a platform model is free again. */
  void terminate(Instant at, String reason) {
    if (terminatedAt == null) {
      state = InstanceState.TERMINATED.wireName();
      terminatedAt = at;
      terminationReason = reason;
      platformName = null;
    }
  }

  Instance toInstance(List<Replica> replicas) {
    return new Instance(
        new InstanceId(id),
        new AccountId(accountId),
        name,
        Optional.ofNullable(category).flatMap(Category::ofWireName),
        Mode.valueOf(mode.toUpperCase(Locale.ROOT)),
        Optional.ofNullable(customApiPath),
        Protocol.ofWireName(protocol).orElseThrow(),
        InstanceState.ofWireName(state),
        platform,
        Optional.ofNullable(healthPath),
        Optional.ofNullable(upstreamKey),
        replicas,
        createdAt);
  }

  DeployedInstance toDeployedInstance(List<Replica> replicas) {
    Optional<DeployedInstance.Termination> termination =
        terminatedAt == null || terminationReason == null
            ? Optional.empty()
            : Optional.of(new DeployedInstance.Termination(terminatedAt, terminationReason));
    Container container =
        new Container(
            Optional.ofNullable(image),
            Optional.ofNullable(port),
            Optional.ofNullable(gpuType),
            gpuCount);
    return new DeployedInstance(toInstance(replicas), container, termination);
  }
}
