package com.ecohash.ecolink.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;

/**
 * A container that speaks HTTP/2 frame by frame (RFC 9113), so that it can refuse streams, go away
 * and hang up as it is told. Takes one stream at a time. Well at {@code /health}.
 */
public final class FramedContainer implements AutoCloseable {
  /** What it does with the next request. */
  public enum Deed {
    ANSWER,
    REFUSE_STREAM,
    /** Says that it has not looked at this stream, and takes no other on this connection. */
    GO_AWAY,
    HANG_UP,
    SAY_NOTHING
  }

  private static final int PREFACE_BYTES = 24;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int ACK = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final byte[] STATUS_200 = {(byte) 0x88};
  private static final byte[] MAX_CONCURRENT_STREAMS_1 = {0, 3, 0, 0, 0, 1};

  private final ServerSocket server;
  private final Queue<Deed> next = new ConcurrentLinkedQueue<>();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private FramedContainer(ServerSocket server) {
    this.server = server;
  }

  public static FramedContainer start() {
    try {
      FramedContainer container =
          new FramedContainer(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
      daemon(container::accept);
      return container;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it does with the next requests, one after the other; it answers the others. */
  public void next(Deed... deeds) {
    next.addAll(List.of(deeds));
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Method and target of the requests, health checks apart. */
  public List<String> received() {
    return received;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      in.readFully(new byte[PREFACE_BYTES]);
      write(out, SETTINGS, 0, 0, MAX_CONCURRENT_STREAMS_1);
      HpackDecoder decoder = new HpackDecoder(1 << 20, System::nanoTime);
      while (takeFrame(in, out, decoder)) {
        out.flush();
      }
    } catch (IOException e) {
      return; // the caller's side of it is what tests look at
    }
  }

  private boolean takeFrame(DataInputStream in, OutputStream out, HpackDecoder decoder)
      throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = new byte[length];
    in.readFully(payload);
    if (type == SETTINGS && flags != ACK) {
      write(out, SETTINGS, ACK, 0, new byte[0]);
    } else if (type == PING && flags != ACK) {
      write(out, PING, ACK, 0, payload);
    } else if (type == HEADERS && (flags & END_HEADERS) != 0) {
      return perform(deed(target(decoder, payload)), stream, out);
    }
    return true;
  }

  private static String target(HpackDecoder decoder, byte[] block) throws IOException {
    try {
      MetaData.Request request = (MetaData.Request) decoder.decode(ByteBuffer.wrap(block));
      return request.getMethod() + " " + request.getHttpURI().getPathQuery();
    } catch (org.eclipse.jetty.http2.hpack.HpackException e) {
      throw new IOException(e);
    }
  }

  private Deed deed(String target) {
    if (target.endsWith(" /health") || target.contains("/grpc.health.")) {
      return Deed.ANSWER;
    }
    received.add(target);
    Deed deed = next.poll();
    return deed == null ? Deed.ANSWER : deed;
  }

  /** Returns whether the connection goes on. */
  private static boolean perform(Deed deed, int stream, OutputStream out) throws IOException {
    switch (deed) {
      case ANSWER -> {
        write(out, HEADERS, END_HEADERS, stream, STATUS_200);
        write(out, DATA, END_STREAM, stream, "ok".getBytes(StandardCharsets.UTF_8));
      }
      case REFUSE_STREAM -> write(out, RST_STREAM, 0, stream, new byte[] {0, 0, 0, 7});
      case GO_AWAY -> write(out, GOAWAY, 0, 0, new byte[8]);
      case HANG_UP -> {
        return false;
      }
      case SAY_NOTHING -> {
        return true;
      }
    }
    return true;
  }

  private static void write(OutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    out.write(frame.array());
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "framed-container");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
