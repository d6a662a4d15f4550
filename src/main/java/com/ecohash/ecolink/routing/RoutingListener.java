package com.ecohash.ecolink.routing;

import com.ecohash.ecolink.ids.ReplicaId;
import java.time.Duration;

/**
 * Hears of health checks, and when a replica's standing changes, once per change. Called on the
 * thread that caused the change, often a request's: it must be quick and must not throw. Changes
 * nothing.
 */
public interface RoutingListener {
  RoutingListener NONE = new RoutingListener() {};

  /** Tells both, this one first. */
  default RoutingListener and(RoutingListener other) {
    RoutingListener first = this;
    return new RoutingListener() {
      @Override
      public void probed(ReplicaId replica, ProbeResult result) {
        first.probed(replica, result);
        other.probed(replica, result);
      }

      @Override
      public void wentUp(ReplicaId replica) {
        first.wentUp(replica);
        other.wentUp(replica);
      }

      @Override
      public void wentDown(ReplicaId replica, String reason) {
        first.wentDown(replica, reason);
        other.wentDown(replica, reason);
      }

      @Override
      public void ejected(ReplicaId replica, FailureKind last, Duration length) {
        first.ejected(replica, last, length);
        other.ejected(replica, last, length);
      }

      @Override
      public void readmitted(ReplicaId replica) {
        first.readmitted(replica);
        other.readmitted(replica);
      }
    };
  }

  /** A health check has found something, whether that changes the standing or not. */
  default void probed(ReplicaId replica, ProbeResult result) {}

  /** Health checks found it up, for the first time or again. */
  default void wentUp(ReplicaId replica) {}

  /** Health checks found it down. */
  default void wentDown(ReplicaId replica, String reason) {}

  /** Real traffic failed, or the trial did. */
  default void ejected(ReplicaId replica, FailureKind last, Duration length) {}

  /** The trial got an answer: it takes part again. */
  default void readmitted(ReplicaId replica) {}
}
