package com.ecohash.ecolink.instances;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Addresses behind which a gateway in a cloud finds what is nobody's business: the metadata
 * services that hand out credentials, and everything that is link-local.
 */
final class SpecialAddresses {
  private static final List<Network> GUARDED =
      List.of(
          Network.parse("169.254.0.0/16"), // link-local; AWS, Azure, Google, Oracle and others
          Network.parse("fe80::/10"),
          Network.parse("fd00:ec2::254"), // AWS
          Network.parse("fd20:ce::254"), // Google
          Network.parse("100.100.100.200"), // Alibaba
          Network.parse("192.0.0.192"), // Oracle, older
          Network.parse("168.63.129.16"), // Azure's WireServer
          Network.parse("0.0.0.0/8"), // means this very machine on many systems
          Network.parse("::"));

  /** Prefixes after which an IPv6 address holds an IPv4 one: at this byte. */
  private record Embedding(Network prefix, int at) {}

  private static final List<Embedding> EMBEDDINGS =
      List.of(
          new Embedding(Network.parse("::/96"), 12), // IPv4-compatible (RFC 4291)
          new Embedding(Network.parse("64:ff9b::/96"), 12), // NAT64 (RFC 6052)
          new Embedding(Network.parse("64:ff9b:1::/48"), 12), // NAT64, local (RFC 8215)
          new Embedding(Network.parse("2002::/16"), 2)); // 6to4 (RFC 3056)

  private SpecialAddresses() {}

  /** Whether only a rule that names this very address opens it. */
  static boolean isGuarded(InetAddress address) {
    return address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || isListed(address)
        || embedded(address).filter(SpecialAddresses::isGuarded).isPresent();
  }

  private static boolean isListed(InetAddress address) {
    return GUARDED.stream().anyMatch(network -> network.contains(address));
  }

  /**
   * The IPv4 address that an IPv6 one leads to. Java itself takes {@code ::ffff:a.b.c.d} for IPv4.
   */
  static Optional<InetAddress> embedded(InetAddress address) {
    if (!(address instanceof Inet6Address) || address.isLoopbackAddress()) {
      return Optional.empty();
    }
    for (Embedding embedding : EMBEDDINGS) {
      if (embedding.prefix().contains(address)) {
        return Optional.of(slice(address.getAddress(), embedding.at()));
      }
    }
    return Optional.empty();
  }

  private static InetAddress slice(byte[] address, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address, from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
