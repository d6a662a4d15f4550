package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Replica;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What became of one exchange. The client does not have the end of it yet: whoever gets this writes
 * down what must be written down, and then calls {@link #finish}.
 *
 * @param answeredBy the replica whose answer, or part of it, the client has
 * @param firstByteNanos when that answer began, on {@link System#nanoTime}'s scale; 0 if none did
 * @param completion sends the last bytes and gives the request back to the servlet container
 */
public record Relayed(
    Outcome outcome,
    Optional<Replica> answeredBy,
    List<Attempted> attempts,
    long firstByteNanos,
    Completion completion) {
  /** What is left to do with the answer. */
  public interface Completion {
    void finish();

    void amend(UnaryOperator<byte[]> change);
  }

  public Relayed {
    attempts = List.copyOf(attempts);
  }

  /**
   * Changes what the client has not been sent yet: the whole answer, if its tap held it back to its
   * end. Only before {@link #finish}.
   */
  public void amend(UnaryOperator<byte[]> change) {
    completion.amend(change);
  }

  /** Lets the client have the end. */
  public void finish() {
    completion.finish();
  }
}
