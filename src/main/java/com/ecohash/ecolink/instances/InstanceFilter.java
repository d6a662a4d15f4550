package com.ecohash.ecolink.instances;

import java.util.Set;

/** Which instances of a list are wanted; an empty set lets all through. */
public record InstanceFilter(Set<InstanceState> states, Set<Category> categories, Set<Mode> modes) {
  public static final InstanceFilter ALL = new InstanceFilter(Set.of(), Set.of(), Set.of());

  public InstanceFilter {
    states = Set.copyOf(states);
    categories = Set.copyOf(categories);
    modes = Set.copyOf(modes);
  }
}
