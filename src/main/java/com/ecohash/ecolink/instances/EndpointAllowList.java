package com.ecohash.ecolink.instances;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which hosts the gateway may be told to call. A name is allowed if it is listed, or if every
 * address it has now lies in a listed network; the metadata services of clouds are never allowed.
 * Looks at launch only: a name that gets another address later is not looked at again.
 */
public final class EndpointAllowList {
  /** Link-local, where AWS, Azure and Google serve credentials, and AWS's address in IPv6. */
  private static final List<Network> NEVER =
      List.of(
          Network.parse("169.254.0.0/16"),
          Network.parse("fe80::/10"),
          Network.parse("fd00:ec2::254"));

  private final Set<String> hosts;
  private final List<Network> networks;
  private final NameResolver resolver;

  private EndpointAllowList(Set<String> hosts, List<Network> networks, NameResolver resolver) {
    this.hosts = Set.copyOf(hosts);
    this.networks = List.copyOf(networks);
    this.resolver = resolver;
  }

  /**
   * Reads a list such as {@code 127.0.0.0/8,::1,gpu-1.internal}; an empty one allows nothing.
   *
   * @throws IllegalArgumentException if an entry is neither a host's name nor a network
   */
  public static EndpointAllowList parse(String commaSeparated, NameResolver resolver) {
    Set<String> hosts = new HashSet<>();
    List<Network> networks = new ArrayList<>();
    for (String part : commaSeparated.split(",")) {
      String entry = part.strip();
      if (entry.isEmpty()) {
        continue;
      }
      if (entry.contains("/") || Network.looksLikeOne(entry)) {
        networks.add(Network.parse(entry));
      } else if (entry.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")) {
        hosts.add(entry.toLowerCase(Locale.ROOT));
      } else {
        throw new IllegalArgumentException("no host's name and no network: " + entry);
      }
    }
    return new EndpointAllowList(hosts, networks, resolver);
  }

  /** Why this endpoint may not be called, in a sentence; empty if it may. */
  public Optional<String> refusal(URI endpoint) {
    String host = endpoint.getHost();
    if (host == null) {
      return Optional.of("an endpoint names a host");
    }
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    List<InetAddress> addresses;
    try {
      addresses = resolver.resolve(name);
    } catch (UnknownHostException e) {
      return Optional.of("the host " + host + " is not known here");
    }
    boolean never =
        addresses.stream().anyMatch(a -> NEVER.stream().anyMatch(network -> network.contains(a)));
    boolean listed =
        hosts.contains(name.toLowerCase(Locale.ROOT))
            || (!addresses.isEmpty()
                && addresses.stream()
                    .allMatch(a -> networks.stream().anyMatch(network -> network.contains(a))));
    return !never && listed
        ? Optional.empty()
        : Optional.of(
            "the host "
                + host
                + " is not among those the operator allows endpoints on"
                + " (ecolink.upstream.allowed)");
  }
}
