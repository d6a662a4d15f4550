package com.ecohash.ecolink.telemetry;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code /metrics} in Prometheus' text format. Holds no secret, and asks for no key. */
@WebServlet("/metrics")
public final class MetricsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient PrometheusTextFormatWriter format = PrometheusTextFormatWriter.create();
  private transient @Nullable PrometheusRegistry registry;

  @Inject
  void use(PrometheusRegistry everything) {
    registry = everything;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PrometheusRegistry everything = registry;
    if (everything == null) {
      throw new IllegalStateException("the server made this servlet without injecting into it");
    }
    response.setContentType(format.getContentType());
    format.write(response.getOutputStream(), everything.scrape());
  }
}
