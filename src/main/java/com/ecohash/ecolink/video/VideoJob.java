package com.ecohash.ecolink.video;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.metering.ExchangeStart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A video that a container works on.
 *
 * @param usage the beginning of the usage record that the finished video gets: its own id, and
 *     caller, instance, model and prices of the request that began it
 * @param replica the one that has it; no other knows of it
 * @param containerId what the container calls it
 * @param publicId what the client calls it: the same, unless the account has another by that name
 * @param asked length that the request asked for
 */
public record VideoJob(
    ExchangeStart usage,
    ReplicaId replica,
    RegionId region,
    String containerId,
    String publicId,
    Optional<Duration> asked) {
  /** A container that calls its jobs by something longer gets none of them remembered. */
  private static final int CONTAINER_ID_LENGTH_MAX = 256;

  /**
   * Whether a job of this id can be remembered. A database may refuse control characters and halves
   * of surrogate pairs in a text.
   */
  public static boolean isContainerId(String id) {
    return !id.isEmpty()
        && id.length() <= CONTAINER_ID_LENGTH_MAX
        && id.chars().noneMatch(Character::isISOControl)
        && StandardCharsets.UTF_8.newEncoder().canEncode(id);
  }

  public AccountId account() {
    return usage.account();
  }

  /** A name that no other job has. */
  VideoJob underOwnName() {
    return named(containerId + ":" + usage.id().value());
  }

  VideoJob named(String newPublicId) {
    return new VideoJob(usage, replica, region, containerId, newPublicId, asked);
  }
}
