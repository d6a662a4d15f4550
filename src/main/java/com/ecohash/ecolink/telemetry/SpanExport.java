package com.ecohash.ecolink.telemetry;

import java.util.Map;

/**
 * Where spans go.
 *
 * @param endpoint of an OTLP collector over HTTP, without {@code /v1/traces}
 * @param headers that each export carries, such as the collector's key
 * @param sampledPercent of the traces that begin here; those of clients follow the client
 * @param node this gateway, among others of the same name
 */
public record SpanExport(
    String endpoint, Map<String, String> headers, int sampledPercent, String node) {
  public SpanExport {
    headers = Map.copyOf(headers);
  }

  String tracesEndpoint() {
    String base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
    return base + "/v1/traces";
  }

  @Override
  public String toString() {
    return "SpanExport[" + endpoint + "]"; // never the headers
  }
}
