package com.ecohash.ecolink.relay.custom;

import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.CallListener;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.relay.upstream.UpstreamSettings;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.RetryableRequestException;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.client.transport.internal.HttpConnectionOverHTTP2;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to one container over Jetty's client, told to a {@link CallListener} as every other
 * call is, and read only while somebody wants its bytes. Any thread may cancel, pause and resume
 * it.
 */
final class ContainerCall {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerCall.class);

  /** After so long without a byte the listener is told. */
  private static final long SILENCE_NANOS = 250_000_000;

  /** How Jetty words that a container refused a stream. */
  private static final String REFUSED_STREAM =
      ErrorCode.REFUSED_STREAM_ERROR.name().toLowerCase(Locale.ROOT);

  /** How Jetty words that an answer's head is over the limit; it has no code for that. */
  private static final String HEAD_TOO_LARGE = "Response Header Bytes Too Large";

  private static final CancellationException CANCELLED = new CancellationException("not needed");

  private final Request request;
  private final CallListener listener;
  private final Consumer<ContainerCall> onOver;
  private final long startedNanos = System.nanoTime();
  private final AtomicBoolean over = new AtomicBoolean();

  /** How often somebody has asked to read: more than one at once, and the first does it for all. */
  private final AtomicInteger wanted = new AtomicInteger();

  private volatile boolean connected;
  private volatile boolean reused;
  private volatile boolean headSeen;
  private volatile boolean paused;

  /** Jetty will call when there is something to read; until then nobody may read. */
  private volatile boolean demanded;

  private volatile long sentNanos = startedNanos;
  private volatile long lastActivityNanos = startedNanos;
  private volatile Content.@Nullable Source source;
  private volatile @Nullable Response response;

  /**
   * @param onOver called once, when nothing more will be told
   */
  ContainerCall(Request request, CallListener listener, Consumer<ContainerCall> onOver) {
    this.request = request;
    this.listener = listener;
    this.onOver = onOver;
  }

  /** Sends the request. The listener may be called before this returns. */
  void send() {
    request
        .onRequestBegin(begun -> connected())
        .onResponseHeaders(this::head)
        .onResponseContentSource(this::content);
    try {
      request.send(this::completed);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** Stops the call; the container sees its stream reset or its connection close. */
  void cancel() {
    finish();
    request.abort(CANCELLED);
  }

  /** Reads no more of the answer until {@link #resume}; the container feels it as back-pressure. */
  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    lastActivityNanos = System.nanoTime();
    read();
  }

  /** A piece of the request went out. */
  void active() {
    lastActivityNanos = System.nanoTime();
  }

  /** When the request began to leave, on {@link System#nanoTime}'s scale. */
  long sentNanos() {
    return sentNanos;
  }

  /** Nanoseconds that it took to get a connection; 0 if one was there. */
  long connectNanos() {
    return reused ? 0 : sentNanos - startedNanos;
  }

  /** Whether the container may have something of the request. */
  boolean isSent() {
    return connected;
  }

  /** What followed the answer's body, by lower-case names; to be asked at its end. */
  Map<String, String> trailers() {
    Map<String, String> fields = new LinkedHashMap<>();
    Response ended = response;
    if (ended != null && ended.getTrailers() != null) {
      for (HttpField field : ended.getTrailers()) {
        // Several of one name are one, their values in order (RFC 9110, section 5.3).
        fields.merge(field.getLowerCaseName(), field.getValue(), (one, two) -> one + "," + two);
      }
    }
    return fields;
  }

  /** Ends the call if a limit has passed, or tells the listener of a silence. */
  void tick(long nowNanos, UpstreamSettings limits) {
    if (over.get()) {
      return;
    }
    long silentNanos = nowNanos - lastActivityNanos;
    Failure late = late(nowNanos, silentNanos, limits);
    if (late != null) {
      if (finish()) {
        request.abort(CANCELLED);
        listener.onFailure(late);
      }
    } else if (silentNanos > SILENCE_NANOS) {
      listener.onSilence(silentNanos);
    }
  }

  private @Nullable Failure late(long nowNanos, long silentNanos, UpstreamSettings limits) {
    if (nowNanos - startedNanos > limits.totalTimeout().toNanos()) {
      return Failure.TOTAL_TIMEOUT;
    }
    if (!headSeen) {
      return silentNanos > limits.firstByteTimeout().toNanos() ? Failure.FIRST_BYTE_TIMEOUT : null;
    }
    if (paused) {
      return null; // it is the client that is slow
    }
    return silentNanos > limits.idleTimeout().toNanos() ? Failure.IDLE_TIMEOUT : null;
  }

  // ---- Jetty's threads
  // ---------------------------------------------------------------------------

  private void connected() {
    sentNanos = System.nanoTime();
    lastActivityNanos = sentNanos;
    reused = isReused(request.getConnection());
    connected = true;
  }

  /** Whether it has carried another request; asked before this one is on it. */
  private static boolean isReused(org.eclipse.jetty.client.@Nullable Connection connection) {
    if (connection instanceof HttpConnectionOverHTTP2 http2) {
      return ((HTTP2Session) http2.getSession()).getStreamsOpened() > 0;
    }
    return connection instanceof Connection http1 && http1.getMessagesIn() > 0;
  }

  private void head(Response begun) {
    int status = begun.getStatus();
    if (over.get() || (status < 200 && status != 101)) {
      return; // 100 (Continue) and the like are between the gateway and the container
    }
    lastActivityNanos = System.nanoTime();
    if (status == 101) {
      fail(new BadMessageException("an upgrade that nobody asked for"));
      request.abort(CANCELLED);
      return;
    }
    response = begun;
    headSeen = true;
    AnswerHead head = new AnswerHead(status, false);
    begun.getHeaders().forEach(field -> head.add(field.getName(), value(field)));
    listener.onHead(head);
  }

  private static String value(HttpField field) {
    return field.getValue() == null ? "" : field.getValue();
  }

  private void content(Response begun, Content.Source body) {
    source = body;
    read();
  }

  private void read() {
    if (source == null || wanted.getAndIncrement() != 0) {
      return;
    }
    do {
      readWhatIsThere();
    } while (wanted.decrementAndGet() != 0);
  }

  private void readWhatIsThere() {
    Content.Source from = source;
    while (from != null && !demanded && !paused && !over.get()) {
      Content.Chunk chunk = from.read();
      if (chunk == null) {
        listener.onPause();
        if (!paused && !over.get()) {
          demanded = true;
          from.demand(this::readable);
        }
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        fail(chunk.getFailure());
        return;
      }
      take(chunk);
    }
  }

  private void readable() {
    demanded = false;
    read();
  }

  private void take(Content.Chunk chunk) {
    lastActivityNanos = System.nanoTime();
    ByteBuffer bytes = chunk.getByteBuffer();
    if (bytes.hasRemaining()) {
      // A copy: the servlet container may keep an array that it could not write at once.
      byte[] piece = new byte[bytes.remaining()];
      bytes.get(piece);
      listener.onBody(piece, 0, piece.length);
    }
    boolean last = chunk.isLast();
    chunk.release();
    if (last && finish()) {
      listener.onEnd();
    }
  }

  /** What is left of the request no longer matters once the answer is whole. */
  private void completed(Result result) {
    if (result.getResponseFailure() != null) {
      fail(result.getResponseFailure());
    }
  }

  private void fail(Throwable cause) {
    if (finish()) {
      LOG.debug("a call failed", cause);
      listener.onFailure(failure(cause));
    }
  }

  private Failure failure(Throwable cause) {
    if (cause instanceof RejectedExecutionException) {
      return Failure.OVERLOADED;
    }
    if (!connected) {
      return cause instanceof SocketTimeoutException
          ? Failure.CONNECT_TIMEOUT
          : Failure.CONNECT_FAILED;
    }
    if (headSeen) {
      return Failure.CLOSED_IN_BODY;
    }
    if (cause instanceof RetryableRequestException || REFUSED_STREAM.equals(cause.getMessage())) {
      return Failure.REFUSED_STREAM;
    }
    if (cause instanceof BadMessageException || cause instanceof HttpResponseException) {
      return isHeadTooLarge(cause) ? Failure.HEAD_TOO_LARGE : Failure.MALFORMED;
    }
    return reused ? Failure.STALE_CONNECTION : Failure.CLOSED_BEFORE_HEAD;
  }

  private static boolean isHeadTooLarge(Throwable cause) {
    for (Throwable why = cause; why != null; why = why.getCause()) {
      if (why instanceof HttpException known && HEAD_TOO_LARGE.equals(known.getReason())) {
        return true;
      }
    }
    return false;
  }

  private boolean finish() {
    if (over.compareAndSet(false, true)) {
      onOver.accept(this);
      return true;
    }
    return false;
  }
}
