package com.ecohash.ecolink.console.instances;

import com.ecohash.ecolink.console.TextMember;
import com.ecohash.ecolink.console.UrlPath;
import com.ecohash.ecolink.instances.EndpointAllowList;
import com.ecohash.ecolink.openai.ApiException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Judges endpoint URLs, which the gateway itself is going to call. */
final class EndpointCheck {
  private static final int LENGTH_MAX = 1_024;

  private final EndpointAllowList allowed;

  EndpointCheck(EndpointAllowList allowed) {
    this.allowed = allowed;
  }

  /**
   * The endpoint, without a slash at its end.
   *
   * @throws ApiException if it is no URL of the form that is called, or its host is not allowed
   */
  URI check(String member, Optional<String> endpoint) {
    String text = new TextMember(member, endpoint).required(LENGTH_MAX);
    URI url = parse(member, text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    if ("https".equalsIgnoreCase(url.getScheme())) {
      throw ApiException.invalidRequest(
          member, "This version speaks plain http to containers, not https.");
    }
    boolean plainPath = url.getRawPath().isEmpty() || UrlPath.isPlain(url.getRawPath());
    if (!"http".equalsIgnoreCase(url.getScheme())
        || url.getHost() == null
        || url.getPort() == 0
        || url.getPort() > 65_535
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null
        || !plainPath) {
      throw wrongForm(member);
    }
    allowed
        .refusal(url)
        .ifPresent(
            reason -> {
              throw ApiException.invalidRequest(member, "The endpoint is refused: " + reason + ".");
            });
    return url;
  }

  private static URI parse(String member, String text) {
    try {
      URI url = new URI(text);
      if (url.isOpaque()) {
        throw wrongForm(member);
      }
      return url;
    } catch (URISyntaxException e) {
      throw wrongForm(member);
    }
  }

  private static ApiException wrongForm(String member) {
    return ApiException.invalidRequest(
        member,
        "An endpoint is a URL such as http://10.0.0.5:8000: http, a host, a port and a plain path if"
            + " need be, without user, query or fragment.");
  }
}
