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
 * {@code ANY /inference-instances/{id}/proxy/{path}}, and gRPC calls at the root of the server,
 * which name their instance in their metadata since many clients cannot put a prefix before {@code
 * /package.Service/Method}. Everything else passes by; no address is taken from anybody.
 *
 * <p>A filter and no resource of JAX-RS, which knows resources by method, path and media type: here
 * all of these are the container's business, any value of them passes, and a header that JAX-RS
 * cannot parse is not the gateway's to refuse.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public final class CustomFilter implements Filter {
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
    if (request instanceof HttpServletRequest incoming && CustomTarget.isMeantBy(incoming)) {
      serve(incoming);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void serve(HttpServletRequest incoming) {
    Exchanges begin = exchanges;
    CustomApi api = customApi;
    if (begin == null || api == null) {
      throw new IllegalStateException("the server made this filter without injecting into it");
    }
    Exchange exchange = begin.begin(incoming);
    api.serve(exchange).whenComplete(exchange::end);
  }
}
