package com.ecohash.ecolink.instances;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One deployed inference container of an account, as the data plane needs it.
 *
 * @param category empty only in mode {@link Mode#CUSTOM}
 * @param platform callable by every account under its plain name
 * @param healthPath path of the active health check; empty for a check by TCP connection alone
 * @param upstreamKey credential that the container itself asks for, sent instead of the client's
 */
public record Instance(
    InstanceId id,
    AccountId account,
    String name,
    Optional<Category> category,
    Mode mode,
    Optional<String> customApiPath,
    Protocol protocol,
    InstanceState state,
    boolean platform,
    Optional<String> healthPath,
    Optional<String> upstreamKey,
    List<Replica> replicas,
    Instant createdAt) {
  public Instance {
    replicas = List.copyOf(replicas);
    if (mode == Mode.OPENAI && category.isEmpty()) {
      throw new IllegalArgumentException("an OpenAI-compatible instance has a category");
    }
  }

  /** What a client writes into {@code model}: {@code my-llama:142}, or the plain platform name. */
  public String modelReference() {
    return platform ? name : name + ":" + id;
  }

  /** The same, called as somebody does who has no credential. */
  public Instance withoutUpstreamKey() {
    return new Instance(
        id,
        account,
        name,
        category,
        mode,
        customApiPath,
        protocol,
        state,
        platform,
        healthPath,
        Optional.empty(),
        replicas,
        createdAt);
  }

  @Override
  public String toString() {
    return "Instance[" + modelReference() + ", " + state + "]"; // never the credential
  }
}
