package com.ecohash.ecolink.conformance;

import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.relay.Observed;
import com.ecohash.ecolink.relay.upstream.Failure;
import java.util.Optional;

/** Whether a container in mode custom speaks the protocol that it was launched with. */
final class CustomChecks {
  private static final String PROTOCOL = "protocol";

  private CustomChecks() {}

  /** HTTP/2 is what its health check speaks, so that tells it. */
  static Finding protocol(Questions questions, Finding health) {
    return questions.instance().protocol() == Protocol.H2C
        ? h2c(health)
        : http1(questions.get(questions.instance().customApiPath().orElse("/")));
  }

  private static Finding h2c(Finding health) {
    boolean spoken =
        health.result() == Finding.Result.PASSED || !health.message().contains("no HTTP/2 answer");
    return spoken
        ? Finding.passed(PROTOCOL, "The container speaks HTTP/2 with prior knowledge.")
        : Finding.failed(
            PROTOCOL,
            "The container gives no HTTP/2 answer.",
            "Launch with protocol http/1.1, or let the server speak HTTP/2 in clear text with"
                + " prior knowledge, as gRPC servers do; TLS is not spoken to containers. "
                + Advice.REACHABLE);
  }

  private static Finding http1(Observed seen) {
    if (seen.status() > 0) {
      return Finding.passed(
          PROTOCOL,
          "The container speaks HTTP/1.1: GET of the custom API path gives HTTP "
              + seen.status()
              + ".");
    }
    boolean other =
        seen.failure().equals(Optional.of(Failure.MALFORMED))
            || seen.failure().equals(Optional.of(Failure.CLOSED_BEFORE_HEAD));
    return Finding.failed(
        PROTOCOL,
        "No HTTP/1.1 answer at the custom API path: " + Words.ending(seen) + ".",
        other
            ? "If it is a gRPC server, launch with protocol h2c. TLS is not spoken to containers."
            : Advice.REACHABLE);
  }
}
