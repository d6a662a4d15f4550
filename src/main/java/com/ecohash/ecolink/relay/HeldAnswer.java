package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import java.io.ByteArrayOutputStream;

/** An answer that is kept from the client while another region may have a better one. */
public final class HeldAnswer {
  private final Replica replica;
  private final AnswerHead head;
  private final int bytesMax;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private boolean overLimit;

  public HeldAnswer(Replica replica, AnswerHead head, int bytesMax) {
    this.replica = replica;
    this.head = head;
    this.bytesMax = bytesMax;
  }

  public void add(byte[] bytes, int offset, int length) {
    if (body.size() + length > bytesMax) {
      overLimit = true;
    } else {
      body.write(bytes, offset, length);
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

  public boolean isOverLimit() {
    return overLimit;
  }
}
