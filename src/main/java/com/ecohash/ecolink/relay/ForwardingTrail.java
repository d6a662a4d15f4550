package com.ecohash.ecolink.relay;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The fields that tell a container which way a request came: {@code X-Forwarded-For}, {@code
 * -Proto} and {@code -Host}, {@code Forwarded} (RFC 7239) where a trusted proxy speaks it, and
 * {@code Via} (RFC 9110, section 7.6.3). Ours are appended to a trusted proxy's; anybody else's are
 * dropped, but for {@code Via}, in which each stop adds its name and believes nothing.
 */
final class ForwardingTrail {
  private static final String PREFIX = "x-forwarded-";
  private static final String REAL_ADDRESS = "x-real-ip";
  private static final String PSEUDONYM = "ecolink";

  private final HttpServletRequest request;
  private final String address;
  private final boolean trusted;
  private @Nullable String addresses;
  private @Nullable String scheme;
  private @Nullable String host;
  private @Nullable String forwarded;
  private @Nullable String via;

  ForwardingTrail(HttpServletRequest request, String address, boolean trusted) {
    this.request = request;
    this.address = address;
    this.trusted = trusted;
  }

  /** Whether a field is about the way, whoever says it. */
  static boolean isAbout(String lowerName) {
    return lowerName.startsWith(PREFIX)
        || lowerName.equals("forwarded")
        || lowerName.equals("via")
        || lowerName.equals(REAL_ADDRESS);
  }

  /** Takes a field of the client's; false if it is not about the way. */
  boolean takes(String lowerName, String value) {
    switch (lowerName) {
      case "via" -> via = joined(via, value);
      case "forwarded" -> forwarded = trusted ? joined(forwarded, value) : null;
      case "x-forwarded-for" -> addresses = trusted ? joined(addresses, value) : null;
      case "x-forwarded-proto" -> scheme = trusted ? value : null;
      case "x-forwarded-host" -> host = trusted ? value : null;
      default -> {
        return !trusted && (lowerName.startsWith(PREFIX) || lowerName.equals(REAL_ADDRESS));
      }
    }
    return true;
  }

  void addTo(ForwardedRequest outgoing) {
    String plain = address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    String ownHost = request.getHeader("Host");
    outgoing.add("X-Forwarded-For", joined(addresses, plain));
    outgoing.add("X-Forwarded-Proto", scheme == null ? request.getScheme() : scheme);
    if (host != null || ownHost != null) {
      outgoing.add("X-Forwarded-Host", host == null ? ownHost : host);
    }
    if (forwarded != null) {
      boolean quoted = plain.indexOf(':') >= 0;
      outgoing.add(
          "Forwarded", joined(forwarded, "for=" + (quoted ? "\"[" + plain + "]\"" : plain)));
    }
    outgoing.add("Via", joined(via, version(request.getProtocol())));
  }

  private static String joined(@Nullable String before, String next) {
    return before == null ? next : before + ", " + next;
  }

  /** The protocol's name may be left out where it is HTTP. */
  private static String version(String protocol) {
    return switch (protocol) {
      case "HTTP/1.1" -> "1.1 " + PSEUDONYM;
      case "HTTP/1.0" -> "1.0 " + PSEUDONYM;
      default -> "2.0 " + PSEUDONYM;
    };
  }
}
