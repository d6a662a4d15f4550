package com.ecohash.ecolink.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server side of HTTP/1.1 on one socket, as plain as it gets. */
final class HttpIo {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  HttpIo(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** The next request without its body; null at the connection's end. */
  @Nullable ReceivedRequest readHead() throws IOException {
    String line = readLine();
    if (line == null) {
      return null;
    }
    String[] parts = requestLine(line);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String field = readLine(); field != null && !field.isEmpty(); field = readLine()) {
      int colon = field.indexOf(':');
      headers
          .computeIfAbsent(
              field.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(field.substring(colon + 1).trim());
    }
    return new ReceivedRequest(parts[0], parts[1], headers, new byte[0]);
  }

  /**
   * The parts of a request's line.
   *
   * @throws ProtocolException for anything else, such as what a health check in HTTP/2 says next
   */
  static String[] requestLine(String line) throws ProtocolException {
    String[] parts = line.split(" ", 3);
    if (parts.length < 3 || parts[0].equals("PRI")) {
      throw new ProtocolException("no request of HTTP/1.1: " + line);
    }
    return parts;
  }

  /** The request of this head, whole. */
  ReceivedRequest readBody(ReceivedRequest head) throws IOException {
    return new ReceivedRequest(
        head.method(), head.target(), head.headers(), readBody(head.headers()));
  }

  private byte[] readBody(Map<String, List<String>> headers) throws IOException {
    List<String> length = headers.get("content-length");
    if (length != null) {
      int bytes = Integer.parseInt(length.get(0));
      byte[] body = in.readNBytes(bytes);
      if (body.length < bytes) {
        throw new EOFException("the request's body is cut off");
      }
      return body;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (headers.containsKey("transfer-encoding")) {
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        body.write(in.readNBytes(size));
        readLine();
      }
      readLine();
    }
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    String line = readLine();
    if (line == null) {
      throw new EOFException("a chunk is missing");
    }
    return Integer.parseInt(line.split(";", 2)[0].trim(), 16);
  }

  private @Nullable String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
      }
      line.write(b);
    }
    return null;
  }

  void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  void writeAnswer(int status, String contentType, String body) throws IOException {
    write(
        "HTTP/1.1 "
            + status
            + " Status\r\nContent-Type: "
            + contentType
            + "\r\nContent-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\n\r\n"
            + body);
  }

  void writeChunk(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n");
  }

  void writeLastChunk() throws IOException {
    write("0\r\n\r\n");
  }

  /** Closes without the usual goodbye. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Waits for the caller to hang up. */
  void awaitEnd() throws IOException {
    if (in.read() < 0) {
      throw new EOFException("the caller hung up");
    }
    throw new IOException("the caller spoke out of turn");
  }
}
