package com.ecohash.ecolink.routing.simulation;

/** What the client of one exchange got. */
enum Result {
  ANSWERED,
  /** The container's own 400 or 500, passed on. */
  ERROR_ANSWER,
  /** 503: every region was out, or failed. */
  NO_REGION,
  /** 504: no first byte in time. */
  TIMED_OUT,
  /** The answer ended before its end. */
  BROKEN_OFF
}
