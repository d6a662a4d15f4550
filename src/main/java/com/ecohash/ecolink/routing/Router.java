package com.ecohash.ecolink.routing;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Replica;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Plans which replicas of an instance an exchange may use, the best first. Holds no lock, sends
 * nothing, and does not ask whether the instance runs or who calls it. Shared by all threads.
 */
public final class Router {
  private final HealthBoard board;
  private final TwoChoices choices;
  private final RandomGenerator random;

  /**
   * @param random must stand being shared by threads: {@code () ->
   *     ThreadLocalRandom.current().nextLong()}
   */
  public Router(HealthBoard board, RandomGenerator random) {
    this.board = board;
    this.random = random;
    this.choices = new TwoChoices(board.settings().choice(), random);
  }

  /** For one exchange. Cheap: nothing is chosen before {@link RoutePlan#next()}. */
  public RoutePlan plan(Instance instance) {
    List<Replica> replicas = instance.replicas();
    RoutePlan.Candidate[] candidates = new RoutePlan.Candidate[replicas.size()];
    int count = 0;
    for (int i = 0; i < candidates.length; i++) {
      Replica replica = replicas.get(i);
      if (!replica.draining()) {
        candidates[count++] = new RoutePlan.Candidate(replica, board.state(replica.id()));
      }
    }
    return new RoutePlan(this, candidates, count);
  }

  /** For an exchange that only one replica can serve: the one that has what is asked for. */
  public RoutePlan plan(Replica replica) {
    RoutePlan.Candidate[] candidates = {
      new RoutePlan.Candidate(replica, board.state(replica.id()))
    };
    return new RoutePlan(this, candidates, 1);
  }

  HealthBoard board() {
    return board;
  }

  TwoChoices choices() {
    return choices;
  }

  RandomGenerator random() {
    return random;
  }
}
