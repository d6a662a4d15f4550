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
import com.ecohash.ecolink.secrets.SealedTexts;
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

  @Column(name = "state_since")
  private Instant stateSince;

  @Column(name = "state_reason")
  private @Nullable String stateReason;

  @Column(name = "ready_at")
  private @Nullable Instant readyAt;

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
    this.image = launch.container().image().orElse(null);
    this.port = launch.container().port().orElse(null);
    this.gpuType = launch.container().gpuType().orElse(null);
    this.gpuCount = launch.container().gpuCount();
    this.createdAt = createdAt;
    this.stateSince = createdAt;
  }

  long id() {
    return id;
  }

  String name() {
    return name;
  }

  boolean isRunning() {
    return state.equals(InstanceState.RUNNING.wireName());
  }

  /** To be called once the instance has its id, which the credential is bound to. */
  void sealUpstreamKey(String plain, SealedTexts secrets) {
    upstreamKey = secrets.seal(plain, place());
  }

  /** Whether the credential is plain or by an older key, and can be read. */
  boolean hasOutdatedUpstreamKey(SealedTexts secrets) {
    return upstreamKey != null
        && secrets.isOutdated(upstreamKey)
        && secrets.open(upstreamKey, place()).isPresent();
  }

  /** Encrypts it by the present key. */
  void sealAnew(SealedTexts secrets) {
    Optional.ofNullable(upstreamKey)
        .flatMap(stored -> secrets.open(stored, place()))
        .ifPresent(plain -> sealUpstreamKey(plain, secrets));
  }

  /** Whether there is a credential that no key at hand opens. */
  boolean hasLockedUpstreamKey(SealedTexts secrets) {
    return upstreamKey != null && secrets.open(upstreamKey, place()).isEmpty();
  }

  private String place() {
    return "instance " + id;
  }

  /** Begins to stop, unless that has begun; its name as a platform model is free again. */
  void stop(Instant at, String reason) {
    if (terminatedAt == null && !state.equals(InstanceState.STOPPING.wireName())) {
      enter(InstanceState.STOPPING, at, reason);
      platformName = null;
    }
  }

  private void enter(InstanceState next, Instant at, String reason) {
    state = next.wireName();
    stateSince = at;
    stateReason = reason;
  }

  /** Ends it; its name as a platform model is free again. */
  void terminate(Instant at, String reason) {
    if (terminatedAt == null) {
      enter(InstanceState.TERMINATED, at, reason);
      terminatedAt = at;
      terminationReason = reason;
      platformName = null;
    }
  }

  Instance toInstance(List<Replica> replicas, SealedTexts secrets) {
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
        Optional.ofNullable(upstreamKey).flatMap(stored -> secrets.open(stored, place())),
        replicas,
        createdAt);
  }

  DeployedInstance toDeployedInstance(List<Replica> replicas, SealedTexts secrets) {
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
    DeployedInstance.Life life =
        new DeployedInstance.Life(
            stateSince, Optional.ofNullable(stateReason), Optional.ofNullable(readyAt));
    return new DeployedInstance(toInstance(replicas, secrets), container, life, termination);
  }
}
