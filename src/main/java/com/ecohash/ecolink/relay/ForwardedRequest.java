package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.relay.upstream.OutgoingBody;
import com.ecohash.ecolink.relay.upstream.UpstreamRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A client's request without what is between the client and the gateway alone. */
public final class ForwardedRequest {
  private static final String TRACEPARENT = "traceparent";

  private final String method;
  private final String target;
  private final List<String> namesAndValues = new ArrayList<>(32);

  /**
   * @param target path, and query if any, on the container
   */
  ForwardedRequest(String method, String target) {
    this.method = method;
    this.target = target;
  }

  /** A request of the gateway's own, without a body. */
  static ForwardedRequest own(String method, String target) {
    return new ForwardedRequest(method, target);
  }

  void add(String name, String value) {
    namesAndValues.add(name);
    namesAndValues.add(value);
  }

  /**
   * The request as it goes to one replica of the instance.
   *
   * @param traceparent instead of the client's; empty to pass that on
   */
  UpstreamRequest to(
      Instance instance, URI endpoint, OutgoingBody body, Optional<String> traceparent) {
    UpstreamRequest.Builder request =
        new UpstreamRequest.Builder(method, prefix(endpoint) + target, endpoint.getRawAuthority());
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      String name = namesAndValues.get(i);
      if (traceparent.isEmpty() || !name.equalsIgnoreCase(TRACEPARENT)) {
        request.field(name, namesAndValues.get(i + 1));
      }
    }
    traceparent.ifPresent(trace -> request.field(TRACEPARENT, trace));
    instance.upstreamKey().ifPresent(key -> request.field("Authorization", "Bearer " + key));
    return request.build(body);
  }

  private static String prefix(URI endpoint) {
    String path = endpoint.getRawPath();
    if (path == null || path.isEmpty() || path.equals("/")) {
      return "";
    }
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
