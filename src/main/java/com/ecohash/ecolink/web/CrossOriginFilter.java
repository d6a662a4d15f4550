package com.ecohash.ecolink.web;

import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorJson;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of other sites call (Fetch standard, CORS protocol): answers preflights, which carry
 * no key, and says on every other answer who may read it. Cookies are never part of it: whoever
 * calls from elsewhere has a key. Installed only where an origin is configured.
 */
public final class CrossOriginFilter implements Filter {
  /** What a page may read of an answer beyond the fields that every page may. */
  private static final String EXPOSED =
      "x-request-id, x-ecolink-request-id, x-ecolink-region, x-ratelimit-limit,"
          + " x-ratelimit-remaining, x-ratelimit-reset, retry-after, server-timing";

  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";

  private final AllowedOrigins allowed;
  private final String maxAgeSeconds;
  private final String limitKey;

  /**
   * @param maxAge how long a browser may remember a preflight's answer
   * @param key of the configuration that lists the origins, named in a refusal
   */
  public CrossOriginFilter(AllowedOrigins allowed, Duration maxAge, String key) {
    this.allowed = allowed;
    this.maxAgeSeconds = Long.toString(maxAge.toSeconds());
    this.limitKey = key;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!answersPreflight((HttpServletRequest) request, (HttpServletResponse) response)) {
      chain.doFilter(request, response);
    }
  }

  private boolean answersPreflight(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!allowed.everybody()) {
      response.addHeader("Vary", "Origin"); // also where there was none: caches must ask again
    }
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return false;
    }
    boolean preflight =
        request.getMethod().equals("OPTIONS")
            && request.getHeader("Access-Control-Request-Method") != null;
    if (!allowed.contains(origin)) {
      if (preflight) {
        refuse(response);
      }
      return preflight;
    }
    response.setHeader("Access-Control-Allow-Origin", allowed.everybody() ? "*" : origin);
    if (preflight) {
      allow(request.getHeader("Access-Control-Request-Headers"), response);
    } else {
      response.setHeader("Access-Control-Expose-Headers", EXPOSED);
    }
    return preflight;
  }

  private void allow(@Nullable String requestedHeaders, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    response.setHeader("Access-Control-Allow-Methods", METHODS);
    if (requestedHeaders != null) {
      response.setHeader("Access-Control-Allow-Headers", requestedHeaders);
    }
    response.setHeader("Access-Control-Max-Age", maxAgeSeconds);
  }

  private void refuse(HttpServletResponse response) throws IOException {
    byte[] body =
        ErrorJson.body(
            new ApiException(
                ErrorType.FORBIDDEN,
                "Pages of this origin may not call here; see the setting `" + limitKey + "`."));
    response.setStatus(ErrorType.FORBIDDEN.status());
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
