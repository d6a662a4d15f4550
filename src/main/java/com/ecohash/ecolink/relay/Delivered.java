package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Replica;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has become of one exchange's answer: who gave it, and how it ends once the client has what
 * there is for it. Decides nothing. All calls are made under the exchange's lock.
 */
public final class Delivered {
  private static final byte[] NOTHING = {};

  private final ClientAnswer answer;
  private @Nullable Replica answeredBy;
  private long firstByteNanos;
  private int status;

  /** The outcome once the client has what there is for it; null while there may be more. */
  private @Nullable Outcome whenDelivered;

  private @Nullable Outcome outcome;

  public Delivered(ClientAnswer answer) {
    this.answer = answer;
  }

  /**
   * A replica's answer begins to go to the client.
   *
   * @param atNanos on {@link System#nanoTime}'s scale
   */
  public void begun(Replica replica, int itsStatus, long atNanos) {
    answeredBy = replica;
    firstByteNanos = atNanos;
    status = itsStatus;
  }

  /** The answer is one of our own. */
  public void refused(int ownStatus) {
    status = ownStatus;
  }

  /** Nothing comes after these bytes, which wait for the exchange's end to be written down. */
  public void end(byte[] lastBytes, Outcome then) {
    answer.end(lastBytes);
    whenDelivered = then;
    overIfDelivered();
  }

  /** The client gets nothing more, not even what waits for it. */
  public void abandon(Outcome how) {
    answer.end(NOTHING);
    over(how);
  }

  /** The connection ends, so that what the client has cannot be taken for a whole answer. */
  public void cut(Outcome how) {
    answer.cut();
    over(how);
  }

  /**
   * Writes what waits, as far as the client takes it.
   *
   * @return whether it takes more
   */
  public boolean drain() throws IOException {
    answer.drain();
    if (answer.isClogged()) {
      return false;
    }
    overIfDelivered();
    return outcome == null;
  }

  private void overIfDelivered() {
    if (whenDelivered != null && answer.isDelivered()) {
      over(whenDelivered);
    }
  }

  private void over(Outcome how) {
    if (outcome == null) {
      outcome = how;
    }
  }

  /** Whether all that there is for the client is known, though it may not have taken it yet. */
  public boolean isEnded() {
    return whenDelivered != null || outcome != null;
  }

  /** The outcome that is to be once the client has taken all; null if it is not known. */
  @Nullable Outcome whenDelivered() {
    return whenDelivered;
  }

  /** Null while the exchange goes on. */
  public @Nullable Outcome outcome() {
    return outcome;
  }

  /** Of the answer that the client got, or began to get; 0 if none. */
  public int status() {
    return status;
  }

  public Optional<Replica> answeredBy() {
    return Optional.ofNullable(answeredBy);
  }

  /** When the answer began, on {@link System#nanoTime}'s scale; 0 if none did. */
  public long firstByteNanos() {
    return firstByteNanos;
  }
}
