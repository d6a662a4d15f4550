package com.ecohash.ecolink.telemetry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.jspecify.annotations.Nullable;

/**
 * MicroProfile Health on the gateway's own port: {@code /health/live}, {@code /health/ready},
 * {@code /health/started}, and {@code /health} for all of them. Written against the specification's
 * API alone, since WildFly serves its own such endpoints on another port and Jetty has none. Never
 * cached, and 503 when down.
 */
@WebServlet(urlPatterns = {"/health", "/health/*"})
public final class HealthServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Set by the launcher from the first moment of a shutdown. */
  private static final String DRAINING = "ecolink.draining";

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private transient @Nullable Instance<HealthCheck> checks;

  @Inject
  void use(@Any Instance<HealthCheck> checks) {
    this.checks = checks;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<List<Annotation>> kinds = kindsAt(request.getPathInfo());
    if (kinds.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    HealthReport report = reportOn(kinds.get());
    boolean up = report.status() == HealthCheckResponse.Status.UP;
    response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    byte[] body = JSON.writeValueAsBytes(report.json());
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static Optional<List<Annotation>> kindsAt(@Nullable String path) {
    return switch (path == null ? "/" : path) {
      case "/live" -> Optional.of(List.of(Liveness.Literal.INSTANCE));
      case "/ready" -> Optional.of(List.of(Readiness.Literal.INSTANCE));
      case "/started" -> Optional.of(List.of(Startup.Literal.INSTANCE));
      case "/" ->
          Optional.of(
              List.of(
                  Liveness.Literal.INSTANCE, Readiness.Literal.INSTANCE, Startup.Literal.INSTANCE));
      default -> Optional.empty();
    };
  }

  private HealthReport reportOn(List<Annotation> kinds) {
    List<HealthCheckResponse> answers = new ArrayList<>();
    kinds.stream()
        .flatMap(this::checksOf)
        .distinct() // One check may be of several kinds.
        .map(HealthReport::ask)
        .forEach(answers::add);
    if (kinds.contains(Readiness.Literal.INSTANCE) && isDraining()) {
      answers.add(HealthCheckResponse.down("drain"));
    }
    return HealthReport.of(answers);
  }

  private Stream<HealthCheck> checksOf(Annotation kind) {
    Instance<HealthCheck> all = checks;
    if (all == null) {
      throw new IllegalStateException("The server made this servlet without injecting into it.");
    }
    return all.select(kind).stream();
  }

  private boolean isDraining() {
    return Boolean.TRUE.equals(getServletContext().getAttribute(DRAINING));
  }
}
