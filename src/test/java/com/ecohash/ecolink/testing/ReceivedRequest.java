package com.ecohash.ecolink.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as a container saw it. */
public record ReceivedRequest(
    String method, String target, Map<String, List<String>> headers, byte[] body) {
  public Optional<String> header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? Optional.empty() : Optional.of(values.get(0));
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
