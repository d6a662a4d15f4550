package com.ecohash.ecolink.instances;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Ranges of addresses, such as {@code 10.0.0.0/8,::1}. */
public final class Networks {
  private final List<Network> networks;

  private Networks(List<Network> networks) {
    this.networks = List.copyOf(networks);
  }

  /**
   * Reads a list; an empty one holds no address.
   *
   * @throws IllegalArgumentException if an entry is neither an address nor a network
   */
  public static Networks parse(String commaSeparated) {
    List<Network> networks = new ArrayList<>();
    for (String entry : commaSeparated.split(",")) {
      if (!entry.isBlank()) {
        networks.add(Network.parse(entry.strip()));
      }
    }
    return new Networks(networks);
  }

  /**
   * @param address as a literal, an IPv6 one with brackets or without; a name is in no network
   */
  public boolean contains(String address) {
    if (networks.isEmpty()) {
      return false;
    }
    String plain = address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    if (plain.isEmpty() || !Network.looksLikeOne(plain)) {
      return false;
    }
    try {
      InetAddress known = InetAddress.getByName(plain); // a literal, so nobody is asked
      return networks.stream().anyMatch(network -> network.contains(known));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
