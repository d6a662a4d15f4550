package com.ecohash.ecolink.instances;

import java.util.Optional;

/** How a container is spoken to, set at launch. */
public enum Protocol {
  HTTP_1_1("http/1.1"),
  /**
   * HTTP/2 in clear text with prior knowledge (RFC 9113, section 3.3), as gRPC servers speak it.
   */
  H2C("h2c");

  private final String wireName;

  Protocol(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  public static Optional<Protocol> ofWireName(String name) {
    for (Protocol protocol : values()) {
      if (protocol.wireName.equals(name)) {
        return Optional.of(protocol);
      }
    }
    return Optional.empty();
  }
}
