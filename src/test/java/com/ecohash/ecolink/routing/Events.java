package com.ecohash.ecolink.routing;

import com.ecohash.ecolink.ids.ReplicaId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes down what a listener hears. */
final class Events implements RoutingListener {
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  List<String> heard() {
    return List.copyOf(heard);
  }

  @Override
  public void wentUp(ReplicaId replica) {
    heard.add(replica + " up");
  }

  @Override
  public void wentDown(ReplicaId replica, String reason) {
    heard.add(replica + " down: " + reason);
  }

  @Override
  public void ejected(ReplicaId replica, FailureKind last, Duration length) {
    heard.add(replica + " ejected for " + length.toMillis() + " ms: " + last.wireName());
  }

  @Override
  public void readmitted(ReplicaId replica) {
    heard.add(replica + " readmitted");
  }
}
