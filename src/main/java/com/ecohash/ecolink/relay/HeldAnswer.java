package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.Failure;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer that is kept from the client while another region may have a better one. */
public final class HeldAnswer {
  private final Replica replica;
  private final AnswerHead head;
  private final int bytesMax;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private @Nullable Failure flaw;

  public HeldAnswer(Replica replica, AnswerHead head, int bytesMax) {
    this.replica = replica;
    this.head = head;
    this.bytesMax = bytesMax;
  }

  public void add(byte[] bytes, int offset, int length) {
    if (body.size() + length > bytesMax) {
      flaw = Failure.ANSWER_TOO_LARGE;
    } else {
      body.write(bytes, offset, length);
    }
  }

  /**
   * It did not come to its end. A stream that was held for its error has said what it had to say;
   * any other must not be taken for whole.
   */
  void brokeOff(Failure how) {
    if (head.status() >= 300) {
      flaw = how;
    }
  }

  public Replica replica() {
    return replica;
  }

  public AnswerHead head() {
    return head;
  }

  public byte[] body() {
    return body.toByteArray();
  }

  /** Why it cannot be passed on; empty if it can. */
  public Optional<Failure> flaw() {
    return Optional.ofNullable(flaw);
  }
}
