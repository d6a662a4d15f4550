package com.ecohash.ecolink.relay.custom;

import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.relay.ClientAnswer;
import com.ecohash.ecolink.relay.Delivered;
import com.ecohash.ecolink.relay.ExchangeFollower;
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
  private final ExchangeFollower follower;
  private final boolean grpc;
  private byte[] newest = NOTHING;
  private boolean trailersAnnounced;

  /**
   * What is to come of a body whose length the client knows and which trailers may follow; or −1.
   */
  private long left = -1;

  private volatile Map<String, String> trailers = Map.of();

  Delivery(
      HttpServletRequest request,
      ClientAnswer answer,
      Delivered delivered,
      ExchangeFollower follower) {
    this.request = request;
    this.answer = answer;
    this.delivered = delivered;
    this.follower = follower;
    this.grpc = Grpc.isSpokenBy(request);
  }

  boolean hasBegun() {
    return answer.hasBegun();
  }

  /** A container's answer is about to begin: whoever follows may say something on it. */
  void follow(long connectNanos, long firstByteNanos) {
    follower.answering(answer.response(), connectNanos, firstByteNanos);
  }

  /**
   * Begins to pass a container's answer on.
   *
   * @param whole the answer is known to end with its head: there is no body, and no trailer
   */
  void begin(Replica replica, AnswerHead head, Protocol protocol, boolean whole) {
    delivered.begun(replica, head.status(), System.nanoTime());
    boolean trailersFollow = !whole && mayHaveTrailers(head, protocol);
    boolean withLength = !trailersFollow || isToHttp2();
    answer.begin(head, withLength, replica.region());
    if (trailersFollow) {
      String length = head.first("content-length");
      left = length == null || !withLength ? -1 : Long.parseLong(length);
      trailersAnnounced = true;
      answer.trailers(() -> trailers);
    }
  }

  private boolean isToHttp2() {
    return request.getProtocol().startsWith("HTTP/2");
  }

  /**
   * A servlet says before the head is sent that something may follow the body. In HTTP/1.1 a body
   * of a known length has nothing behind it, so that such a client gets the trailers of an HTTP/2
   * container in exchange for the length, if the container is known to have any. A gRPC answer that
   * ends with its head has said all in it.
   */
  private boolean mayHaveTrailers(AnswerHead head, Protocol protocol) {
    if (head.first("grpc-status") != null
        || request.getProtocol().equals("HTTP/1.0")
        || head.isWhole(request.getMethod().equals("HEAD"))) {
      return false;
    }
    if (head.first("content-length") == null) {
      return true;
    }
    return protocol == Protocol.H2C
        && (isToHttp2()
            || head.first("trailer") != null
            || Grpc.isGrpc(head.first("content-type")));
  }

  /** A piece of the body. The array is no longer the caller's. */
  void add(byte[] piece) throws IOException {
    writeNewest();
    newest = piece;
    if (left > 0) {
      left -= piece.length;
    }
  }

  /**
   * Nothing more lies ready: the client gets what there is. With the last byte of a body of known
   * length a server takes the answer for whole, so that one waits for the trailers.
   */
  void passOn() throws IOException {
    if (left != 0) {
      writeNewest();
    }
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
    follower.answeringAfterFailure(answer.response());
    begin(held.replica(), held.head(), protocol, true);
    delivered.end(held.body(), new Outcome.Answered(delivered.status()));
  }

  /** Nothing of a container's is passed on: our own words. */
  void refuse(ApiException error, Optional<Failure> failure) {
    follower.answeringAfterFailure(answer.response());
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
