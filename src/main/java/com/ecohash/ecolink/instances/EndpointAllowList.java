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
 * Which hosts the gateway may call. A name is allowed if it is listed, or if every address it has
 * lies in a listed network. Metadata services of clouds and link-local addresses are not, whatever
 * names or networks are listed, unless the list has that very address. Asked at launch for a
 * sentence to the customer, and at every look-up of an address that is about to be connected to.
 */
public final class EndpointAllowList {
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
      } else if (HostForm.of(entry).isPresent()) {
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
    Optional<String> name = HostForm.of(host);
    if (name.isEmpty()) {
      return Optional.of(
          "a host is a name, an IPv4 address in four decimal numbers, or an IPv6 address in"
              + " brackets");
    }
    try {
      return allowed(name.get(), resolver.resolve(name.get()))
          ? Optional.empty()
          : Optional.of(
              "the host "
                  + host
                  + " is not among those the operator allows endpoints on"
                  + " (ecolink.upstream.allowed)");
    } catch (UnknownHostException e) {
      return Optional.of("the host " + host + " is not known here");
    }
  }

  /**
   * The address to connect to. All addresses that the host has now are judged, and one of the very
   * same answer is returned: nobody needs to look the name up again.
   *
   * @param host as in a URL
   * @throws UnknownHostException if the host has no address, or none that may be called
   */
  public InetAddress addressOf(String host) throws UnknownHostException {
    String name = HostForm.of(host).orElseThrow(() -> new UnknownHostException("no host: " + host));
    List<InetAddress> addresses = resolver.resolve(name);
    if (!allowed(name, addresses)) {
      throw new UnknownHostException("not allowed by ecolink.upstream.allowed: " + host);
    }
    return addresses.get(0);
  }

  private boolean allowed(String name, List<InetAddress> addresses) {
    boolean named = hosts.contains(name);
    return !addresses.isEmpty()
        && addresses.stream()
            .allMatch(
                address ->
                    SpecialAddresses.isGuarded(address)
                        ? isListedItself(address)
                        : named || isInNetwork(address));
  }

  private boolean isInNetwork(InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  private boolean isListedItself(InetAddress address) {
    return networks.stream().anyMatch(network -> network.isOnly(address));
  }
}
