package com.ecohash.ecolink.telemetry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer of a health endpoint: down as soon as one of its checks is. */
record HealthReport(Status status, List<HealthCheckResponse> checks) {
  private static final Logger LOG = LoggerFactory.getLogger(HealthReport.class);

  HealthReport {
    checks = List.copyOf(checks);
  }

  static HealthReport of(List<HealthCheckResponse> checks) {
    boolean up = checks.stream().allMatch(check -> check.getStatus() == Status.UP);
    return new HealthReport(up ? Status.UP : Status.DOWN, checks);
  }

  /** A check that fails instead of answering is down, and the others are still asked. */
  static HealthCheckResponse ask(HealthCheck check) {
    try {
      return check.call();
    } catch (RuntimeException e) {
      LOG.warn("A health check failed instead of answering.", e);
      return HealthCheckResponse.down(nameOf(check));
    }
  }

  /** The form that MicroProfile Health 4.0, section 4.2, lays down. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("status", status.name());
    json.put("checks", checks.stream().map(HealthReport::json).toList());
    return json;
  }

  private static Map<String, Object> json(HealthCheckResponse check) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", check.getName());
    json.put("status", check.getStatus().name());
    check.getData().ifPresent(data -> json.put("data", data));
    return json;
  }

  /** Beans come as subclasses that a container generated, under names nobody wrote. */
  private static String nameOf(HealthCheck check) {
    String name = check.getClass().getSimpleName();
    int generated = name.indexOf('$');
    return generated > 0 ? name.substring(0, generated) : name;
  }
}
