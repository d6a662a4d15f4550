package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.relay.upstream.OutgoingBody;
import com.ecohash.ecolink.relay.upstream.UpstreamRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

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
        new UpstreamRequest.Builder(method, target(endpoint), endpoint.getRawAuthority());
    forEachField(instance, traceparent, request::field);
    return request.build(body);
  }

  public String method() {
    return method;
  }

  /** Path and query as they are on the replica at this endpoint. */
  public String target(URI endpoint) {
    return prefix(endpoint) + target;
  }

  /**
   * Tells each header field that goes to the instance's containers.
   *
   * @param traceparent instead of the client's; empty to pass that on
   */
  public void forEachField(
      Instance instance, Optional<String> traceparent, BiConsumer<String, String> field) {
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      String name = namesAndValues.get(i);
      if (traceparent.isEmpty() || !name.equalsIgnoreCase(TRACEPARENT)) {
        field.accept(name, namesAndValues.get(i + 1));
      }
    }
    traceparent.ifPresent(trace -> field.accept(TRACEPARENT, trace));
    instance.upstreamKey().ifPresent(key -> field.accept("Authorization", "Bearer " + key));
  }

  private static String prefix(URI endpoint) {
    String path = endpoint.getRawPath();
    if (path == null || path.isEmpty() || path.equals("/")) {
      return "";
    }
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
