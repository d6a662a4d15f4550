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

  /** A request of the gateway's own, without a body. */
  public static ForwardedRequest own(String method, String target) {
    return new ForwardedRequest(method, target, List.of());
  }

  /**
   * A request whose body is known to be JSON, whatever the client called it.
   *
   * @param target path, and query if any, on the container
   */
  public static ForwardedRequest ofJson(HttpServletRequest request, String target) {
    return of(request, target, "application/json");
  }

  /** A form, whose type names its boundary. */
  public static ForwardedRequest ofForm(HttpServletRequest request, String target) {
    return of(request, target, request.getContentType());
  }

  private static ForwardedRequest of(
      HttpServletRequest request, String target, String contentType) {
    List<String> fields = new ArrayList<>(24);
    fields.add("Content-Type");
    fields.add(contentType);
    String connection = request.getHeader("connection");
    for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
      String name = names.nextElement();
      String lower = name.toLowerCase(Locale.ROOT);
      if (DROPPED.contains(lower)
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
    return new ForwardedRequest(request.getMethod(), target, fields);
  }

  /** The request as it goes to one replica of the instance. */
  UpstreamRequest to(Instance instance, URI endpoint, OutgoingBody body) {
    UpstreamRequest.Builder request =
        new UpstreamRequest.Builder(method, prefix(endpoint) + target, endpoint.getRawAuthority());
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      request.field(namesAndValues.get(i), namesAndValues.get(i + 1));
    }
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
