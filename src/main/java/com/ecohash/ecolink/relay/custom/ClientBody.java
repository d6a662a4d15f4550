package com.ecohash.ecolink.relay.custom;

import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.relay.RequestForwarding;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * A request's body on its way from the client to one container: read when the container takes more,
 * and not before. Holds no byte itself, so it can be sent only once; until the first byte is taken
 * it can be given to another container. It is in one attempt's hands at a time, and gives no byte
 * to any other: a client goes on sending a request whose answer it has.
 */
final class ClientBody implements ReadListener {
  /** Told on the thread that reads. */
  interface Listener {
    void onBodyRead();

    void onBodyTooLarge();

    void onGone(Throwable cause);
  }

  private static final int READ_BYTES_MIN = 1024;
  private static final int READ_BYTES_MAX = 16 * 1024;

  private final HttpServletRequest request;
  private final ServletInputStream in;
  private final Object reading = new Object();
  private final long bytesMax;
  private final Listener listener;
  private final long length;
  private final long lastByte;
  private final boolean present;
  private volatile boolean touched;
  private volatile boolean ended;
  private volatile long bytes;

  // ---- under the lock

  /** In whose hands it is. */
  private @Nullable Outgoing owner;

  /** What its owner waits with for something to read. */
  private @Nullable Runnable demand;

  /** There is something to read, and nobody has asked yet. */
  private boolean readable;

  private boolean closed;

  ClientBody(HttpServletRequest request, long bytesMax, Listener listener) throws IOException {
    this.request = request;
    this.in = request.getInputStream();
    this.bytesMax = bytesMax;
    this.listener = listener;
    this.length = request.getContentLengthLong();
    this.lastByte = request.getProtocol().startsWith("HTTP/2") ? -1 : length; // trailers may follow
    this.present = hasBody(request);
    this.ended = !present;
  }

  /**
   * HTTP/1.1 says whether there is a body. In HTTP/2 only its end would, which may be far off, so
   * there whatever may have one is taken to have one.
   */
  private static boolean hasBody(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    if (length >= 0) {
      return length > 0;
    }
    if (!request.getProtocol().startsWith("HTTP/2")) {
      return request.getHeader("Transfer-Encoding") != null;
    }
    return request.getContentType() != null || !RetryRule.isUsuallyWithoutBody(request.getMethod());
  }

  /** Once, before the body is sent. */
  void listen() {
    if (present) {
      in.setReadListener(this);
    }
  }

  boolean isPresent() {
    return present;
  }

  /** Whether a byte has been taken, which is then in no other hands than the container's. */
  boolean isTouched() {
    return touched;
  }

  boolean isEnded() {
    return ended;
  }

  /**
   * Makes this the body of a request to a container, with the trailers that follow it. In HTTP/1.1
   * nothing can follow a body of known length.
   */
  void sendWith(Request outgoing, Protocol protocol) {
    if (present) {
      Outgoing content = new Outgoing();
      synchronized (reading) {
        owner = content;
      }
      outgoing.body(content);
      if (length < 0 || protocol == Protocol.H2C) {
        outgoing.trailersSupplier(this::trailers);
      }
    }
  }

  private @Nullable HttpFields trailers() {
    Map<String, String> fields = request.isTrailerFieldsReady() ? request.getTrailerFields() : null;
    if (fields == null || fields.isEmpty()) {
      return null;
    }
    HttpFields.Mutable trailers = HttpFields.build();
    fields.forEach(
        (name, value) -> {
          if (RequestForwarding.passesInTrailer(name)) {
            trailers.add(name, value);
          }
        });
    return trailers.size() == 0 ? null : trailers;
  }

  /**
   * Takes it out of the hands of the attempt that has it, which gets no byte any more: from here on
   * {@link #isTouched} does not change until it is sent again.
   */
  void takeBack() {
    synchronized (reading) {
      owner = null;
      demand = null;
    }
  }

  /** No byte is read any more: the servlet container gets its request back. */
  void close() {
    synchronized (reading) {
      closed = true;
    }
  }

  private Content.@Nullable Chunk read(Outgoing reader) {
    Content.Chunk chunk;
    try {
      synchronized (reading) { // nobody may be reading while the servlet container takes it back
        if (closed || owner != reader) {
          return Content.Chunk.from(new EOFException("given up"));
        }
        chunk = readIfReady();
      }
    } catch (IOException | IllegalStateException e) {
      listener.onGone(e);
      return Content.Chunk.from(e);
    }
    if (bytes > bytesMax) {
      listener.onBodyTooLarge();
      return Content.Chunk.from(new IOException("the body is over the limit"));
    }
    if (chunk != null) {
      listener.onBodyRead();
    }
    return chunk;
  }

  private Content.@Nullable Chunk readIfReady() throws IOException {
    while (!ended) {
      if (in.isFinished()) {
        ended = true;
      } else if (!in.isReady()) {
        return null;
      } else if (!in.isFinished()) {
        Content.Chunk chunk = readReady();
        if (chunk != null) {
          return chunk;
        }
      }
    }
    return Content.Chunk.EOF;
  }

  private Content.@Nullable Chunk readReady() throws IOException {
    int size = Math.max(READ_BYTES_MIN, Math.min(in.available(), READ_BYTES_MAX));
    byte[] piece = new byte[size];
    int read = in.read(piece);
    if (read <= 0) {
      ended = read < 0;
      return null;
    }
    touched = true;
    bytes += read;
    ended = bytes == lastByte; // the container may answer as soon as it has it
    return Content.Chunk.from(ByteBuffer.wrap(piece, 0, read), ended);
  }

  private void demand(Outgoing reader, Runnable then) {
    synchronized (reading) {
      if (!closed && owner == reader && !readable) {
        demand = then;
        return;
      }
      readable &= owner != reader;
    }
    then.run(); // it reads on, or that there is nothing for it any more
  }

  private void readable() {
    Runnable waiting;
    synchronized (reading) {
      waiting = demand;
      demand = null;
      readable = waiting == null;
    }
    if (waiting != null) {
      waiting.run();
    }
  }

  /**
   * Asks once more whether there is something to read, for whoever waits for it: Undertow now and
   * then forgets to tell it, where another thread than its own reads.
   */
  void lookAgain() {
    boolean isReadable;
    synchronized (reading) {
      isReadable = !closed && !ended && demand != null && in.isReady();
    }
    if (isReadable) {
      readable();
    }
  }

  @Override
  public void onDataAvailable() {
    readable();
  }

  @Override
  public void onAllDataRead() {
    readable();
  }

  @Override
  public void onError(Throwable cause) {
    listener.onGone(cause);
    readable();
  }

  /** The body in the hands of one attempt. */
  private final class Outgoing implements Request.Content {
    private volatile @Nullable Throwable failure;

    @Override
    public long getLength() {
      return length;
    }

    @Override
    public @Nullable String getContentType() {
      return null; // a header field like the others
    }

    @Override
    public Content.@Nullable Chunk read() {
      Throwable failed = failure;
      return failed == null ? ClientBody.this.read(this) : Content.Chunk.from(failed);
    }

    @Override
    public void demand(Runnable readable) {
      if (failure == null) {
        ClientBody.this.demand(this, readable);
      } else {
        readable.run();
      }
    }

    /** The attempt is over; the body may live on in another one. */
    @Override
    public void fail(Throwable cause) {
      failure = cause;
    }

    @Override
    public boolean rewind() {
      return false;
    }
  }
}
