package com.ecohash.ecolink.console;

import com.ecohash.ecolink.instances.Networks;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way a request came: from which address, over which scheme, to which name. What {@code
 * X-Forwarded-*} says is believed from trusted proxies only, as on the data plane.
 */
public final class ClientWay {
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.-]+(:[0-9]{1,5})?|\\[[0-9a-fA-F:.]+\\](:[0-9]{1,5})?");

  private final Networks trustedProxies;
  private final Optional<String> publicUrl;

  /**
   * @param publicUrl where people reach the console, without a slash at its end; empty for what
   *     their browsers say
   */
  public ClientWay(Networks trustedProxies, Optional<String> publicUrl) {
    this.trustedProxies = trustedProxies;
    this.publicUrl = publicUrl;
  }

  /** Whether the browser speaks HTTPS, to us or to a proxy before us. */
  public boolean isHttps(HttpServletRequest request) {
    return request.isSecure() || forwarded(request, "X-Forwarded-Proto").equals("https");
  }

  /** The client's address: the last one on the way here that is no trusted proxy's. */
  public String address(HttpServletRequest request) {
    String address = request.getRemoteAddr();
    List<String> trail = List.of(all(request, "X-Forwarded-For").split(","));
    for (int i = trail.size() - 1; i >= 0 && trustedProxies.contains(address); i--) {
      String before = trail.get(i).strip();
      if (!LITERAL.matcher(before).matches()) {
        break;
      }
      address = before;
    }
    return canonical(address);
  }

  /** Where people reach this gateway, without a slash at its end. */
  public String base(HttpServletRequest request) {
    if (publicUrl.isPresent()) {
      return publicUrl.get();
    }
    String forwarded = forwarded(request, "X-Forwarded-Host");
    @Nullable String host = forwarded.isEmpty() ? request.getHeader("Host") : forwarded;
    if (host == null || !HOST.matcher(host).matches()) {
      host = request.getServerName() + ":" + request.getServerPort();
    }
    return (isHttps(request) ? "https://" : "http://") + host;
  }

  /** The last value, which the proxy next to us wrote; empty if it is none of ours. */
  private String forwarded(HttpServletRequest request, String name) {
    if (!trustedProxies.contains(request.getRemoteAddr())) {
      return "";
    }
    String values = all(request, name);
    return values.substring(values.lastIndexOf(',') + 1).strip();
  }

  private static String all(HttpServletRequest request, String name) {
    StringBuilder joined = new StringBuilder();
    for (Enumeration<String> values = request.getHeaders(name); values.hasMoreElements(); ) {
      joined.append(joined.isEmpty() ? "" : ",").append(values.nextElement());
    }
    return joined.toString();
  }

  /** One spelling for each address. */
  private static String canonical(String address) {
    String plain = address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    if (!LITERAL.matcher(plain).matches()) {
      return plain;
    }
    try {
      return InetAddress.getByName(plain).getHostAddress(); // a literal, so nobody is asked
    } catch (UnknownHostException e) {
      return plain;
    }
  }
}
