package com.ecohash.ecolink.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request on a {@link StreamingContainer}'s connection, and the way to answer it. */
public final class Stage {
  private final ReceivedRequest request;
  private final Body body;
  private final OutputStream out;
  private final Socket socket;

  private Stage(ReceivedRequest request, Body body, Socket socket) throws IOException {
    this.request = request;
    this.body = body;
    this.socket = socket;
    this.out = socket.getOutputStream();
  }

  static @Nullable Stage next(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    String line = readLine(in);
    if (line == null) {
      return null;
    }
    String[] parts = HttpIo.requestLine(line);
    Map<String, List<String>> headers = readFields(in);
    ReceivedRequest head = new ReceivedRequest(parts[0], parts[1], headers, new byte[0]);
    return new Stage(head, new Body(in, head), socket);
  }

  /** Its head; the body is read by {@link #body()}. */
  public ReceivedRequest request() {
    return request;
  }

  public Body body() {
    return body;
  }

  public Stage write(String text) throws IOException {
    return write(text.getBytes(UTF_8));
  }

  public Stage write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** A whole answer. */
  public void answer(int status, String text) throws IOException {
    int length = text.getBytes(UTF_8).length;
    boolean head = request.method().equals("HEAD");
    write(
        "HTTP/1.1 "
            + status
            + " Status\r\nContent-Type: text/plain\r\nContent-Length: "
            + length
            + "\r\n\r\n"
            + (head ? "" : text));
  }

  /** The head of an answer in chunks. */
  public Stage begin(String fields) throws IOException {
    return write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + fields + "\r\n");
  }

  public Stage chunk(byte[] bytes) throws IOException {
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
    out.write(bytes);
    return write("\r\n");
  }

  public void end(String trailers) throws IOException {
    write("0\r\n" + trailers + "\r\n");
  }

  /** Closes with a reset or an end, as the kernel sees fit. */
  public void hangUp() throws IOException {
    socket.close();
  }

  /** Waits for the caller to hang up. */
  public void awaitEnd() throws IOException {
    if (socket.getInputStream().read() < 0) {
      throw new EOFException("the caller hung up");
    }
    throw new IOException("the caller spoke out of turn");
  }

  private static Map<String, List<String>> readFields(InputStream in) throws IOException {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String field = readLine(in); field != null && !field.isEmpty(); field = readLine(in)) {
      int colon = field.indexOf(':');
      fields
          .computeIfAbsent(
              field.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(field.substring(colon + 1).trim());
    }
    return fields;
  }

  private static @Nullable String readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return line.toString(ISO_8859_1).stripTrailing();
      }
      line.write(b);
    }
    return null;
  }

  /** The request's body, piece by piece as it comes. */
  public static final class Body {
    private final InputStream in;
    private final boolean chunked;
    private long left;
    private boolean begun;
    private boolean ended;
    private Map<String, List<String>> trailers = Map.of();

    Body(InputStream in, ReceivedRequest head) {
      this.in = in;
      this.chunked = head.header("transfer-encoding").isPresent();
      this.left = head.header("content-length").map(Long::parseLong).orElse(0L);
    }

    /** The next piece, empty at the end. */
    public byte[] next() throws IOException {
      if (ended) {
        return new byte[0];
      }
      return chunked ? nextChunk() : nextOfLength();
    }

    private byte[] nextChunk() throws IOException {
      if (begun) {
        readLine(in); // ends the chunk before; a sender may leave it until there is another
      }
      begun = true;
      String line = readLine(in);
      if (line == null) {
        throw new EOFException("a chunk is missing");
      }
      int size = Integer.parseInt(line.split(";", 2)[0].trim(), 16);
      if (size == 0) {
        ended = true;
        trailers = readFields(in);
        return new byte[0];
      }
      byte[] bytes = in.readNBytes(size);
      if (bytes.length < size) {
        throw new EOFException("a chunk is cut off");
      }
      return bytes;
    }

    private byte[] nextOfLength() throws IOException {
      byte[] bytes = new byte[(int) Math.min(left, 64 * 1024)];
      int read = left == 0 ? 0 : in.read(bytes);
      if (read < 0) {
        throw new EOFException("the body is cut off");
      }
      left -= read;
      ended = left == 0;
      return Arrays.copyOf(bytes, read);
    }

    public byte[] all() throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (byte[] piece = next(); piece.length > 0; piece = next()) {
        all.write(piece);
      }
      return all.toByteArray();
    }

    /** Reads to the end, and keeps nothing; returns how much it was. */
    public long skip() throws IOException {
      long bytes = 0;
      for (byte[] piece = next(); piece.length > 0; piece = next()) {
        bytes += piece.length;
      }
      return bytes;
    }

    public Map<String, List<String>> trailers() {
      return trailers;
    }
  }
}
