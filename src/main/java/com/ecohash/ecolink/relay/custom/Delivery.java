package com.ecohash.ecolink.relay.custom;

import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.relay.ClientAnswer;
import com.ecohash.ecolink.relay.Delivered;
import com.ecohash.ecolink.relay.Grpc;
import com.ecohash.ecolink.relay.HeldAnswer;
import com.ecohash.ecolink.relay.Outcome;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.Failure;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * An answer on its way to the client: the head when it is time, each piece of the body as soon as
 * the next one or a pause shows that it is not the last, what follows it, and how all that ended.
 * All calls are made under the exchange's lock.
 */
final class Delivery {
  private static final byte[] NOTHING = {};

  private final HttpServletRequest request;
  private final ClientAnswer answer;
  private final Delivered delivered;
  private final boolean grpc;
  private byte[] newest = NOTHING;
  private boolean trailersAnnounced;
  private volatile Map<String, String> trailers = Map.of();

  Delivery(HttpServletRequest request, ClientAnswer answer, Delivered delivered) {
    this.request = request;
    this.answer = answer;
    this.delivered = delivered;
    this.grpc = Grpc.isSpokenBy(request);
  }

  boolean hasBegun() {
    return answer.hasBegun();
  }

  /**
   * Begins to pass a container's answer on.
   *
   * @param whole the answer is known to end with its head: there is no body, and no trailer
   */
  void begin(Replica replica, AnswerHead head, Protocol protocol, boolean whole) {
    delivered.begun(replica, head.status(), System.nanoTime());
    answer.begin(head, true, replica.region());
    if (!whole && mayHaveTrailers(head, protocol)) {
      trailersAnnounced = true;
      answer.trailers(() -> trailers);
    }
  }

  /**
   * A servlet says before the head is sent that something may follow the body. A body of a known
   * length has nothing behind it, and a gRPC answer that ends with its head has said all in it.
   */
  private boolean mayHaveTrailers(AnswerHead head, Protocol protocol) {
    if (head.first("content-length") != null
        || head.first("grpc-status") != null
        || request.getProtocol().equals("HTTP/1.0")
        || request.getMethod().equals("HEAD")) {
      return false;
    }
    return protocol == Protocol.H2C || head.first("trailer") != null;
  }

  /** A piece of the body. The array is no longer the caller's. */
  void add(byte[] piece) throws IOException {
    writeNewest();
    newest = piece;
  }

  /** Nothing more lies ready: the client gets what there is. */
  void passOn() throws IOException {
    writeNewest();
    answer.sendHead();
  }

  private void writeNewest() throws IOException {
    if (newest.length > 0) {
      byte[] bytes = newest;
      newest = NOTHING;
      answer.write(bytes);
    }
  }

  /** Whether the client is slower than the container. */
  boolean isClogged() {
    return answer.isClogged();
  }

  // ---- its end ----------------------------------------------------------------------------------

  /** The answer is whole; its last piece waits for the exchange's end to be written down. */
  void end(Map<String, String> fields) {
    trailers = fields;
    delivered.end(newest, new Outcome.Answered(delivered.status()));
  }

  /** All replicas failed, and this is what the last one that answered said. */
  void passHeld(HeldAnswer held, Protocol protocol) {
    begin(held.replica(), held.head(), protocol, true);
    delivered.end(held.body(), new Outcome.Answered(delivered.status()));
  }

  /** Nothing of a container's is passed on: our own words. */
  void refuse(ApiException error, Optional<Failure> failure) {
    delivered.refused(error.type().status());
    delivered.end(answer.begin(error), new Outcome.Unsent(error.type().status(), failure));
  }

  /**
   * The client holds part of an answer that will never be whole: the connection is cut. A gRPC call
   * can be ended with a status that says so instead.
   */
  void breakOff(Failure failure) {
    Outcome how = new Outcome.Truncated(delivered.status(), Optional.of(failure));
    if (grpc && trailersAnnounced) {
      trailers =
          Grpc.ending(
              failure.isTimeout() ? 504 : 503,
              "The container's answer is incomplete: " + failure.word() + ".");
      delivered.end(newest, how);
    } else {
      delivered.cut(how);
    }
  }
}
