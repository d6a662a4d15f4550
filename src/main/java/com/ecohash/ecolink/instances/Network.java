package com.ecohash.ecolink.instances;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A range of addresses in CIDR notation ({@code 10.0.0.0/8}), or one address. */
record Network(InetAddress address, int prefixBits) {
  private static final Pattern FORM = Pattern.compile("[0-9.]+|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

  /** Whether the text can be meant as an address or a network, and not as a host's name. */
  static boolean looksLikeOne(String text) {
    return FORM.matcher(text.split("/", 2)[0]).matches();
  }

  /**
   * @throws IllegalArgumentException if it is neither an address nor a network
   */
  static Network parse(String text) {
    String[] parts = text.split("/", 2);
    try {
      if (looksLikeOne(text)) {
        InetAddress address = InetAddress.getByName(parts[0]); // a literal, so nobody is asked
        int bits = address.getAddress().length * 8;
        int prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
        if (prefix >= 0 && prefix <= bits) {
          return new Network(address, prefix);
        }
      }
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException("no address and no network: " + text, e);
    }
    throw new IllegalArgumentException("no address and no network: " + text);
  }

  /** Whether it is this one address, written in full. */
  boolean isOnly(InetAddress other) {
    return prefixBits == address.getAddress().length * 8 && contains(other);
  }

  boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
