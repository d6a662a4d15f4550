package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.relay.upstream.OutgoingBody;
import com.ecohash.ecolink.relay.upstream.UpstreamRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/** A client's request without what is between the client and the gateway alone. */
public final class ForwardedRequest {
  /**
   * Of one connection only (RFC 9110, section 7.6.1); set anew for the container ({@code host},
   * {@code content-length}); the client's word on who it is, or on the way it came, which the
   * container must not see or cannot trust.
   */
  private static final Set<String> DROPPED =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authorization",
          "transfer-encoding",
          "trailer",
          "te",
          "upgrade",
          "http2-settings",
          "expect",
          "host",
          "content-length",
          "authorization",
          "cookie",
          "content-type",
          "forwarded",
          "via",
          // The answer is read for its units, so it must come uncompressed.
          "accept-encoding");

  private final String method;
  private final String target;
  private final List<String> namesAndValues;

  private ForwardedRequest(String method, String target, List<String> namesAndValues) {
    this.method = method;
    this.target = target;
    this.namesAndValues = namesAndValues;
  }

  /**
   * A request whose body is known to be JSON, whatever the client called it.
   *
   * @param target path, and query if any, on the container
   */
  public static ForwardedRequest ofJson(HttpServletRequest request, String target) {
    List<String> fields = new ArrayList<>(24);
    fields.add("Content-Type");
    fields.add("application/json");
    copy(request, Set.of(), fields);
    return new ForwardedRequest(request.getMethod(), target, fields);
  }

  /**
   * A request that passes as it came: what its body is, and what its sender can decode, is said by
   * the sender.
   *
   * @param target path, and query if any, on the container
   */
  public static ForwardedRequest asItCame(HttpServletRequest request, String target) {
    List<String> fields = new ArrayList<>(24);
    copy(request, Set.of("content-type", "accept-encoding"), fields);
    return new ForwardedRequest(request.getMethod(), target, fields);
  }

  private static void copy(HttpServletRequest request, Set<String> kept, List<String> fields) {
    String connection = request.getHeader("connection");
    for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
      String name = names.nextElement();
      String lower = name.toLowerCase(Locale.ROOT);
      if ((DROPPED.contains(lower) && !kept.contains(lower))
          || lower.startsWith("x-forwarded-")
          || lower.startsWith("x-ecolink-")
          || HopByHop.isNamed(lower, connection)) {
        continue;
      }
      for (Enumeration<String> values = request.getHeaders(name); values.hasMoreElements(); ) {
        fields.add(name);
        fields.add(values.nextElement());
      }
    }
  }

  public String method() {
    return method;
  }

  /** Path and query as they are on the replica at this endpoint. */
  public String target(URI endpoint) {
    return prefix(endpoint) + target;
  }

  /** Tells each header field that goes to the instance's containers. */
  public void forEachField(Instance instance, BiConsumer<String, String> field) {
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      field.accept(namesAndValues.get(i), namesAndValues.get(i + 1));
    }
    instance.upstreamKey().ifPresent(key -> field.accept("Authorization", "Bearer " + key));
  }

  /** The request as it goes to one replica of the instance. */
  UpstreamRequest to(Instance instance, URI endpoint, OutgoingBody body) {
    UpstreamRequest.Builder request =
        new UpstreamRequest.Builder(method, target(endpoint), endpoint.getRawAuthority());
    forEachField(instance, request::field);
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
