package com.ecohash.ecolink.instances;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a host may be written. Only forms that every program reads alike: no {@code 0177.0.0.1},
 * {@code 2130706433}, {@code 0x7f.1} or {@code 127.1}, which some take for an address, some for
 * another, and some for a name; no zone of an IPv6 address.
 */
final class HostForm {
  private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
  private static final Pattern IPV6 =
      Pattern.compile("\\[([0-9a-fA-F:.]{2,45})]|([0-9a-fA-F.]*:[0-9a-fA-F:.]{1,45})");
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

  /** A last label that makes URL parsers read the whole host as a number (WHATWG URL, 3.5). */
  private static final Pattern NUMBER_LIKE =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)");

  private static final int LENGTH_MAX = 253;

  private HostForm() {}

  /** The host as it is looked up and compared, without brackets; empty if it has no such form. */
  static Optional<String> of(String host) {
    if (IPV6.matcher(host).matches()) {
      return Optional.of(host.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT));
    }
    boolean plain =
        IPV4.matcher(host).matches()
            || (host.length() <= LENGTH_MAX
                && NAME.matcher(host).matches()
                && !NUMBER_LIKE.matcher(host).matches());
    return plain ? Optional.of(host.toLowerCase(Locale.ROOT)) : Optional.empty();
  }
}
