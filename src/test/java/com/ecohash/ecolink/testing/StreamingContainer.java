package com.ecohash.ecolink.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A container on a real socket that plays a script with each request as soon as its head is there,
 * so that it can read, write, wait and hang up at will, in both directions at once. Well at {@code
 * /health}.
 */
public final class StreamingContainer implements AutoCloseable {
  /** What it does with a request; when it returns, the connection goes on. */
  public interface Script {
    void play(Stage stage) throws IOException;
  }

  private final ServerSocket server;
  private final Script script;
  private final List<ReceivedRequest> received = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failed = new AtomicInteger();
  private volatile boolean closed;

  private StreamingContainer(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
  }

  public static StreamingContainer playing(Script script) {
    try {
      StreamingContainer container =
          new StreamingContainer(
              new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()), script);
      daemon(container::accept);
      return container;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** The heads of the requests seen, health checks apart. */
  public List<ReceivedRequest> received() {
    return received;
  }

  /** How many scripts ended as the caller hung up. */
  public int abandoned() {
    return failed.get();
  }

  private void accept() {
    while (!closed) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        daemon(() -> serve(socket));
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
      for (Stage stage = Stage.next(socket); stage != null; stage = Stage.next(socket)) {
        if (stage.request().target().equals("/health")) {
          stage.answer(200, "ok");
        } else {
          received.add(stage.request());
          play(stage);
        }
      }
    } catch (IOException e) {
      return; // the caller's side of it is what tests look at
    } finally {
      open.remove(socket);
    }
  }

  private void play(Stage stage) throws IOException {
    try {
      script.play(stage);
      stage.body().skip();
    } catch (IOException e) {
      failed.incrementAndGet();
      throw e;
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "streaming-container");
    thread.setDaemon(true);
    thread.start();
  }

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
