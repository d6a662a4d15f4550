package com.ecohash.ecolink.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A container on a real socket, which answers chat requests as its {@link Behaviour} says and
 * remembers what it saw. Healthy until told otherwise.
 */
public final class FakeContainer implements AutoCloseable {
  private final ServerSocket server;
  private final List<ReceivedRequest> received = new CopyOnWriteArrayList<>();
  private final Queue<Behaviour> next = new ConcurrentLinkedQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger abandoned = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Behaviour behaviour = Behaviour.Answer.of(5);
  private volatile boolean healthy = true;
  private volatile boolean remembering = true;
  private volatile boolean closed;

  private FakeContainer(ServerSocket server) {
    this.server = server;
  }

  public static FakeContainer start() {
    return startOn(0);
  }

  public static FakeContainer startOn(int port) {
    try {
      FakeContainer container =
          new FakeContainer(new ServerSocket(port, 1024, InetAddress.getLoopbackAddress()));
      daemon("fake-container", container::accept);
      return container;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is done with every request from now on, once those of {@link #next} are used up. */
  public FakeContainer behave(Behaviour always) {
    behaviour = always;
    return this;
  }

  /** What is done with the next request alone. */
  public FakeContainer next(Behaviour once) {
    next.add(once);
    return this;
  }

  public FakeContainer healthy(boolean now) {
    healthy = now;
    return this;
  }

  /** For load: counts requests, but does not keep them. */
  public FakeContainer forgetful() {
    remembering = false;
    return this;
  }

  public int port() {
    return server.getLocalPort();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** The requests seen, health checks apart. */
  public List<ReceivedRequest> received() {
    return received;
  }

  /** How many answers were written to their last byte. */
  public int answeredInFull() {
    return answered.get();
  }

  /** How many requests were given up by the caller before their answer was whole. */
  public int abandoned() {
    return abandoned.get();
  }

  public int connections() {
    return connections.get();
  }

  private void accept() {
    while (!closed) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        if (closed) { // the kernel may hand one out to a thread that waits for it to the very end
          socket.close();
        } else {
          daemon("fake-container-connection", () -> serve(socket));
        }
      } catch (IOException e) {
        if (!closed) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      HttpIo io = new HttpIo(socket);
      boolean goOn = true;
      while (goOn) {
        ReceivedRequest head = io.readHead();
        goOn = head != null && answer(io, head);
      }
    } catch (IOException e) {
      return; // the caller's side of it is what tests look at
    } finally {
      open.remove(socket);
    }
  }

  private boolean answer(HttpIo io, ReceivedRequest head) throws IOException {
    if (head.target().equals("/health")) {
      io.writeAnswer(healthy ? 200 : 503, "application/json", "{}");
      return true;
    }
    Behaviour once = next.poll();
    Behaviour how = once == null ? behaviour : once;
    boolean early = how instanceof Behaviour.Early;
    ReceivedRequest request = early ? head : io.readBody(head);
    if (remembering) {
      received.add(request);
    }
    try {
      boolean goOn = new ChatAnswers(io, request).give(how);
      answered.incrementAndGet();
      return goOn;
    } catch (IOException e) {
      abandoned.incrementAndGet();
      throw e;
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Gone, with all its connections, as after a crash. */
  @Override
  public void close() {
    closed = true;
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
