package com.ecohash.ecolink.instances;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.RegionId;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * An instance to be made, checked already: the counterpart of {@link Instance} before it has an id.
 *
 * @param endpoints where the container answers, region by region
 */
public record Launch(
    AccountId account,
    String name,
    Optional<Category> category,
    Mode mode,
    Optional<String> customApiPath,
    Protocol protocol,
    boolean platform,
    Optional<String> healthPath,
    Optional<String> upstreamKey,
    Container container,
    Map<RegionId, URI> endpoints) {
  public Launch {
    endpoints = Map.copyOf(endpoints);
  }

  @Override
  public String toString() {
    return "Launch[" + account + ", " + name + "]"; // never the credential
  }
}
