package com.ecohash.ecolink.instances;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All instances that have not ended, at one moment, and the names of those that have. Immutable.
 */
public final class InstanceDirectory {
  public static final InstanceDirectory EMPTY = new InstanceDirectory(List.of());

  private final Map<InstanceId, Instance> byId = new HashMap<>();
  private final Map<InstanceId, Instance> endedById = new HashMap<>();
  private final Map<String, Instance> platformByName = new HashMap<>();

  public InstanceDirectory(Collection<Instance> instances) {
    this(instances, List.of());
  }

  /**
   * @param ended terminated ones, which are kept to tell those who still call them
   */
  public InstanceDirectory(Collection<Instance> instances, Collection<Instance> ended) {
    ended.forEach(instance -> endedById.put(instance.id(), instance));
    for (Instance instance : instances) {
      byId.put(instance.id(), instance);
      if (instance.platform()) {
        // a name is free again as soon as its instance is stopping
        platformByName.merge(
            instance.name(),
            instance,
            (one, other) -> one.state() == InstanceState.STOPPING ? other : one);
      }
    }
  }

  public Optional<Instance> find(InstanceId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** One that may have ended: to say what became of it, not to call it. */
  public Optional<Instance> findEver(InstanceId id) {
    return find(id).or(() -> Optional.ofNullable(endedById.get(id)));
  }

  public Optional<Instance> platformModel(String name) {
    return Optional.ofNullable(platformByName.get(name));
  }

  /** What an account may name in {@code model}: its own OpenAI-compatible instances, then ours. */
  public List<Instance> callableBy(AccountId account) {
    List<Instance> callable = new ArrayList<>();
    for (Instance instance : byId.values()) {
      boolean mayCall = instance.platform() || instance.account().equals(account);
      if (mayCall && instance.mode() == Mode.OPENAI && instance.state() == InstanceState.RUNNING) {
        callable.add(instance);
      }
    }
    callable.sort(
        Comparator.comparing(Instance::platform).thenComparing(instance -> instance.id().value()));
    return callable;
  }

  public Collection<Instance> all() {
    return List.copyOf(byId.values());
  }
}
