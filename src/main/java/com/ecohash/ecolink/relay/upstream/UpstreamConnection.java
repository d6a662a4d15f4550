package com.ecohash.ecolink.relay.upstream;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a container, in the hands of one {@link EventLoop}. Reading, the rest of a
 * request that the kernel did not take at once, timeouts and closing happen on the loop's thread;
 * the first write happens on the caller's, so that an ordinary call wakes nobody.
 */
final class UpstreamConnection implements AnswerParser.Handler {
  enum State {
    CONNECTING,
    IDLE,
    BUSY,
    CLOSED
  }

  private final EventLoop loop;
  private final ConnectionPool pool;
  private final SocketChannel channel;
  private final AnswerParser parser;
  private final AtomicReference<State> state = new AtomicReference<>(State.CONNECTING);
  private volatile @Nullable SelectionKey key;
  private volatile @Nullable Call call;
  private volatile long lastActivityNanos;
  private boolean used;

  UpstreamConnection(EventLoop loop, ConnectionPool pool, SocketChannel channel) {
    this.loop = loop;
    this.pool = pool;
    this.channel = channel;
    this.parser = new AnswerParser(this, loop.settings().headBytesMax());
    this.lastActivityNanos = loop.nanos();
  }

  EventLoop loop() {
    return loop;
  }

  // ---- any thread -------------------------------------------------------------------------------

  /** Takes an idle connection out of the pool's hands; false if it has just been closed. */
  boolean take() {
    return state.compareAndSet(State.IDLE, State.BUSY);
  }

  /**
   * Sends on a connection just taken. The loop may find at this very moment that the container has
   * closed it: it marks the state and then looks for a call, we set the call and then look at the
   * state, so at least one of us sees the other, and {@link Call#finish} lets only one tell.
   */
  void send(Call next) {
    parser.expect(next.isToHead());
    lastActivityNanos = next.startedNanos();
    call = next;
    try {
      if (!next.writeTo(channel)) {
        loop.execute(this, this::writeOn);
      }
    } catch (IOException e) {
      loop.execute(this, this::broken);
    }
    if (state.get() == State.CLOSED) {
      loop.execute(this, this::broken);
    }
  }

  void setReading(boolean reading) {
    SelectionKey current = key;
    if (current == null) {
      return;
    }
    try {
      if (reading) {
        lastActivityNanos = loop.nanos(); // the silence so far was not the container's
        current.interestOpsOr(SelectionKey.OP_READ);
        loop.wakeUp();
      } else {
        current.interestOpsAnd(~SelectionKey.OP_READ);
      }
    } catch (CancelledKeyException e) {
      return; // closed meanwhile: the call has been told
    }
  }

  /**
   * Whether the call has asked for no more bytes for now, so that silence is not the container's.
   */
  private boolean isReading() {
    SelectionKey current = key;
    return current != null
        && current.isValid()
        && (current.interestOps() & SelectionKey.OP_READ) != 0;
  }

  void closeLater() {
    loop.execute(this, () -> close());
  }

  // ---- the loop's thread ------------------------------------------------------------------------

  /** Connects, then sends. */
  void connect(Call first) {
    call = first;
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      boolean connected = channel.connect(pool.address());
      key =
          loop.register(channel, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
      if (connected) {
        connected();
      }
    } catch (IOException | java.nio.channels.UnresolvedAddressException e) {
      fail(Failure.CONNECT_FAILED);
    }
  }

  private void connected() {
    Call first = call;
    if (first == null || first.isOver()) {
      close();
      return;
    }
    state.set(State.BUSY);
    first.sentNow();
    parser.expect(first.isToHead());
    lastActivityNanos = loop.nanos();
    writeOn();
  }

  /** The channel is ready for something. */
  void ready(SelectionKey readyKey) {
    try {
      if (readyKey.isConnectable()) {
        readyKey.interestOps(SelectionKey.OP_READ);
        if (channel.finishConnect()) {
          connected();
        }
        return;
      }
      if (readyKey.isWritable()) {
        writeOn();
      }
      if (readyKey.isValid() && readyKey.isReadable()) {
        read();
      }
    } catch (CancelledKeyException e) {
      return; // closed by a cancellation of this very round
    } catch (IOException e) {
      broken();
    }
  }

  private void writeOn() {
    Call current = call;
    SelectionKey currentKey = key;
    if (current == null || currentKey == null || !currentKey.isValid()) {
      return;
    }
    try {
      if (current.writeTo(channel)) {
        currentKey.interestOpsAnd(~SelectionKey.OP_WRITE);
      } else {
        currentKey.interestOpsOr(SelectionKey.OP_WRITE);
      }
      lastActivityNanos = loop.nanos();
    } catch (IOException e) {
      // The container may have answered and closed without reading it all: see what it said first.
      currentKey.interestOpsAnd(~SelectionKey.OP_WRITE);
      try {
        read();
      } catch (IOException alsoUnreadable) {
        broken();
      }
    }
  }

  private void read() throws IOException {
    int length = loop.readFrom(channel);
    if (length == 0) {
      return;
    }
    Call current = call;
    if (length < 0) {
      ended();
      return;
    }
    if (current == null || state.get() != State.BUSY) {
      close(); // a container that speaks unasked
      return;
    }
    lastActivityNanos = loop.nanos();
    try {
      parser.feed(loop.readBytes(), 0, length);
    } catch (MalformedAnswer e) {
      fail(parser.isHeadWhole() ? Failure.CLOSED_IN_BODY : e.failure());
      return;
    }
    if (parser.isEnded()) {
      answered(current);
    } else if (!current.isOver()) {
      current.listener().onPause();
    }
  }

  private void answered(Call current) {
    boolean reusable =
        parser.isReusable() && current.isRequestWritten() && !current.isOver() && !current.isLast();
    call = null;
    if (reusable) {
      setReading(true); // the call may have ended paused
      used = true;
      state.set(State.IDLE);
      pool.offer(this);
    } else {
      close();
    }
    if (current.finish()) {
      current.listener().onEnd();
    }
  }

  /** The container closed its side. */
  private void ended() {
    Call current = call;
    if (current != null && state.get() == State.BUSY && parser.closed()) {
      answered(current);
    } else {
      broken();
    }
  }

  /** Nothing more can come of the present call, and it is told so. */
  void broken() {
    boolean connecting = close() == State.CONNECTING;
    Call current = call;
    if (current == null || !current.finish()) {
      return;
    }
    if (connecting) {
      current.listener().onFailure(Failure.CONNECT_FAILED);
    } else if (parser.isHeadWhole()) {
      current.listener().onFailure(Failure.CLOSED_IN_BODY);
    } else if (used && !parser.hasBegun()) {
      current.listener().onFailure(Failure.STALE_CONNECTION);
    } else {
      current.listener().onFailure(Failure.CLOSED_BEFORE_HEAD);
    }
  }

  private void fail(Failure failure) {
    close();
    Call current = call;
    if (current != null && current.finish()) {
      current.listener().onFailure(failure);
    }
  }

  /** Told by the loop several times a second. */
  void tick(long nowNanos) {
    Call current = call;
    long silentNanos = nowNanos - lastActivityNanos;
    if (current == null) {
      if (silentNanos > loop.settings().keepAlive().toNanos() && take()) {
        pool.remove(this);
        close();
      }
      return;
    }
    if (current.isOver()) {
      close();
      return;
    }
    Failure late = late(current, nowNanos, silentNanos);
    if (late != null) {
      fail(late);
    } else if (silentNanos > EventLoop.SILENCE_NANOS && state.get() == State.BUSY) {
      current.listener().onSilence(silentNanos);
    }
  }

  private @Nullable Failure late(Call current, long nowNanos, long silentNanos) {
    UpstreamSettings limits = loop.settings();
    if (state.get() == State.CONNECTING) {
      return silentNanos > limits.connectTimeout().toNanos() ? Failure.CONNECT_TIMEOUT : null;
    }
    if (nowNanos - current.startedNanos() > limits.totalTimeout().toNanos()) {
      return Failure.TOTAL_TIMEOUT;
    }
    if (!parser.isHeadWhole()) {
      return silentNanos > limits.firstByteTimeout().toNanos() ? Failure.FIRST_BYTE_TIMEOUT : null;
    }
    if (!isReading()) {
      return null; // it is the client that is slow
    }
    return silentNanos > limits.idleTimeout().toNanos() ? Failure.IDLE_TIMEOUT : null;
  }

  /** Closes, and returns what it was doing. */
  State close() {
    State was = state.getAndSet(State.CLOSED);
    if (was == State.IDLE) {
      pool.remove(this);
    }
    loop.close(channel);
    return was;
  }

  // ---- what the parser found --------------------------------------------------------------------

  @Override
  public void head(AnswerHead head) {
    Call current = call;
    if (current != null && !current.isOver()) {
      current.listener().onHead(head);
    }
  }

  @Override
  public void body(byte[] bytes, int offset, int length) {
    Call current = call;
    if (current != null && !current.isOver()) {
      current.listener().onBody(bytes, offset, length);
    }
  }

  @Override
  public void end() {
    // told after the whole read is parsed, when it is known whether more came than an answer
  }
}
