package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Networks;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests for containers out of clients' requests: takes away what is between the client and
 * the gateway alone, and says where the request came from. What a client says about its own way
 * here is believed only if it comes from a trusted proxy.
 */
public final class RequestForwarding {
  /** Set anew for the container, or meant for the gateway alone. */
  private static final Set<String> DROPPED =
      Set.of("host", "content-length", "expect", "authorization", "cookie", "cookie2");

  private final Networks trustedProxies;
  private final int headerBytesMax;
  private final String limitKey;

  /**
   * @param headerBytesMax of a client's header fields; a server may have a lower limit of its own
   * @param limitKey the configuration key that a refusal names
   */
  public RequestForwarding(Networks trustedProxies, int headerBytesMax, String limitKey) {
    this.trustedProxies = trustedProxies;
    this.headerBytesMax = headerBytesMax;
    this.limitKey = limitKey;
  }

  /**
   * The request as it goes to a container.
   *
   * @param target path, and query if any, on the container
   * @throws ApiException 431 if its header fields are too large
   */
  public ForwardedRequest forward(HttpServletRequest request, String target, FieldPolicy policy) {
    ForwardedRequest forwarded = new ForwardedRequest(request.getMethod(), target);
    policy.contentType().ifPresent(type -> forwarded.add("Content-Type", type));
    ForwardingTrail trail = trail(request);
    String connection = connection(request);
    int bytes = 0;
    for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
      String name = names.nextElement();
      String lower = name.toLowerCase(Locale.ROOT);
      boolean passes = passes(lower, connection, policy);
      for (Enumeration<String> values = request.getHeaders(name); values.hasMoreElements(); ) {
        String value = values.nextElement();
        bytes += name.length() + value.length() + ": \r\n".length();
        if (passes && !trail.takes(lower, value)) {
          forwarded.add(name, value);
        }
      }
    }
    refuseIfOver(bytes);
    trail.addTo(forwarded);
    return forwarded;
  }

  private ForwardingTrail trail(HttpServletRequest request) {
    String address = request.getRemoteAddr();
    return new ForwardingTrail(request, address, trustedProxies.contains(address));
  }

  private static boolean passes(String lower, @Nullable String connection, FieldPolicy policy) {
    return !DROPPED.contains(lower)
        && !lower.startsWith("x-ecolink-")
        && !policy.drops(lower)
        && !HopByHop.is(lower, connection);
  }

  /**
   * Whether a trailer of a client's may reach a container, which may merge it into the header
   * fields (RFC 9110, section 6.5.1): no more may be said there, nor anything about the way.
   */
  public static boolean passesInTrailer(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return passes(lower, null, FieldPolicy.AS_IT_CAME) && !ForwardingTrail.isAbout(lower);
  }

  private static @Nullable String connection(HttpServletRequest request) {
    Enumeration<String> values = request.getHeaders("connection");
    if (values == null || !values.hasMoreElements()) {
      return null;
    }
    String joined = values.nextElement();
    while (values.hasMoreElements()) {
      joined += "," + values.nextElement();
    }
    return joined;
  }

  private void refuseIfOver(int bytes) {
    if (bytes > headerBytesMax) {
      throw new ApiException(
          ErrorType.HEADERS_TOO_LARGE,
          "The request's headers are larger than "
              + headerBytesMax
              + " bytes, the limit `"
              + limitKey
              + "`.");
    }
  }
}
