package com.ecohash.ecolink.api;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * gRPC calls at the root of the server, {@code POST /package.Service/Method}, which name their
 * instance in their metadata: many clients cannot put a prefix before it. Everything else passes
 * by; no address is taken from anybody.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public final class GrpcAtRoot implements Filter {
  private @Nullable Exchanges exchanges;
  private @Nullable CustomApi customApi;

  @Inject
  void use(Exchanges theirs, CustomApi api) {
    exchanges = theirs;
    customApi = api;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest call && CustomTarget.isGrpcAtRoot(call)) {
      serve(call);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void serve(HttpServletRequest call) {
    Exchanges begin = exchanges;
    CustomApi api = customApi;
    if (begin == null || api == null) {
      throw new IllegalStateException("the server made this filter without injecting into it");
    }
    Exchange exchange = begin.begin(call);
    api.serve(exchange).whenComplete(exchange::end);
  }
}
