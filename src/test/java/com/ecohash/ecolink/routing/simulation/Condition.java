package com.ecohash.ecolink.routing.simulation;

/** How a simulated replica is. */
enum Condition {
  WELL,
  /** Twenty times its usual time to the first byte; its health check is as quick as ever. */
  SLOW,
  /** The process is gone: connections are refused, what was open is reset. */
  GONE,
  /** Accepts connections and never says a word, to health checks neither. */
  SILENT,
  /** Its health check is answered well, but no request is. */
  HUNG,
  /** Its health check is answered well, every request by 500. */
  FAILING
}
