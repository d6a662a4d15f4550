package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer's way to the client over the servlet container's non-blocking output. What the client
 * does not take yet is held here; whoever feeds it must stop when {@link #isClogged}. Its last
 * piece is held back until {@link #finish}, so that nobody has a whole answer whose end is not
 * written down. All calls but the container's own are made under the exchange's lock.
 */
public final class ClientAnswer implements WriteListener, AsyncListener {
  /** Told on the container's threads. */
  public interface Listener {
    /** The client takes bytes again. */
    void onWritable();

    void onGone(Throwable cause);
  }

  private static final Logger LOG = LoggerFactory.getLogger(ClientAnswer.class);
  private static final byte[] NOTHING = {};

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Listener listener;
  private final ServletOutputStream out;
  private final AsyncContext async;
  private final Queue<byte[]> waiting = new ArrayDeque<>(2);
  private byte[] last = NOTHING;
  private boolean begun;
  private boolean trailersFollow;
  private boolean unflushed;
  private boolean ended;
  private boolean finishing;
  private final AtomicBoolean completed = new AtomicBoolean();

  public ClientAnswer(AsyncContext async, Listener listener) throws IOException {
    this.request = (HttpServletRequest) async.getRequest();
    this.response = (HttpServletResponse) async.getResponse();
    this.listener = listener;
    this.async = async;
    this.out = response.getOutputStream();
    async.addListener(this);
    out.setWriteListener(this);
  }

  /** For fields of our own, before the answer's head is sent. */
  public HttpServletResponse response() {
    return response;
  }

  /** Whether the client has, or will have, the head of an answer. */
  public boolean hasBegun() {
    return begun;
  }

  public void begin(AnswerHead head, boolean withLength, RegionId region) {
    begun = true;
    response.setHeader("x-ecolink-region", region.value());
    AnswerHeaders.copy(head, response, withLength);
  }

  /**
   * Begins an answer of our own.
   *
   * @return its body
   */
  public byte[] begin(ApiException error) {
    begun = true;
    return ErrorAnswer.head(error, request, response);
  }

  /** What follows the body, asked for at the end; to be said before anything is sent. */
  public void trailers(Supplier<Map<String, String>> fields) {
    trailersFollow = true;
    response.setTrailerFields(() -> AnswerHeaders.passingInTrailer(fields.get()));
  }

  /** Lets the client have the head, before there is anything of the body. */
  public void sendHead() throws IOException {
    unflushed = true;
    flush();
  }

  /** The array is no longer the caller's. */
  public void write(byte[] bytes) throws IOException {
    if (waiting.isEmpty() && out.isReady()) {
      out.write(bytes);
      unflushed = true;
    } else {
      waiting.add(bytes);
    }
  }

  /** Whether the client is slower than the container. */
  public boolean isClogged() {
    return !waiting.isEmpty();
  }

  /** Sends on what was written; without effect while clogged, as the rest is flushed then. */
  public void flush() throws IOException {
    if (unflushed && waiting.isEmpty() && out.isReady()) {
      unflushed = false;
      out.flush();
    }
  }

  /** Writes what waits, as far as the client takes it. */
  public void drain() throws IOException {
    while (!waiting.isEmpty() && out.isReady()) {
      out.write(waiting.remove());
      unflushed = true;
    }
    flush();
  }

  /**
   * Nothing more is to be written.
   *
   * @param lastBytes kept back until {@link #finish}
   */
  public void end(byte[] lastBytes) {
    last = lastBytes;
    ended = true;
  }

  /** Changes the last piece. */
  public void amend(UnaryOperator<byte[]> change) {
    last = change.apply(last);
  }

  /** Whether the client has all but the last piece, as far as the servlet container tells. */
  public boolean isDelivered() {
    return ended && waiting.isEmpty();
  }

  /**
   * Sends the last piece, now or as soon as the client takes it.
   *
   * @return whether it is sent, so that the exchange can be completed
   */
  public boolean finish() {
    finishing = true;
    try {
      if (last.length > 0) {
        if (!out.isReady()) {
          return false; // and once more from onWritePossible
        }
        byte[] bytes = last;
        last = NOTHING;
        if (!response.isCommitted() && !trailersFollow) { // nothing follows a body of known length
          response.setContentLengthLong(bytes.length); // all of it, whatever was announced before
        }
        out.write(bytes);
      }
    } catch (IOException e) {
      LOG.debug("the client left before the last bytes", e);
    }
    return true;
  }

  public boolean isFinishing() {
    return finishing;
  }

  /**
   * Gives the exchange back to the servlet container, once. Not to be called under the lock: the
   * container may go on with the connection's next request before this returns.
   */
  public void complete() {
    if (completed.compareAndSet(false, true)) {
      async.complete();
    }
  }

  /** Ends the connection, so that what the client has cannot be taken for a whole answer. */
  public void cut() {
    waiting.clear();
    last = NOTHING;
    ConnectionCut.cut(request, response);
  }

  @Override
  public void onWritePossible() {
    listener.onWritable();
  }

  @Override
  public void onError(Throwable cause) {
    listener.onGone(cause);
  }

  @Override
  public void onError(AsyncEvent event) {
    Throwable cause = event.getThrowable();
    listener.onGone(cause == null ? new IOException("the connection failed") : cause);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    listener.onGone(new TimeoutException("the servlet container timed out"));
  }

  @Override
  public void onComplete(AsyncEvent event) {
    // the edge completes
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // never started twice
  }
}
