package com.ecohash.ecolink.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Locale;

/** A client that sends whatever it is told, byte by byte, and reads one answer at a time. */
final class RawHttp implements AutoCloseable {
  /** An answer: its status line, its headers in lower case, its body. */
  record Answer(int status, String headers, String body) {}

  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;

  RawHttp(URI gateway) throws IOException {
    this.socket = new Socket(gateway.getHost(), gateway.getPort());
    socket.setSoTimeout(30_000);
    this.out = socket.getOutputStream();
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  RawHttp send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  RawHttp send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Closes this side of the connection; the server's stays open. */
  RawHttp endOfOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** The next answer on the connection. */
  Answer answer() throws IOException {
    String head = head();
    int status = Integer.parseInt(head.split(" ", 3)[1]);
    String headers = head.toLowerCase(Locale.ROOT);
    return new Answer(status, headers, body(headers));
  }

  /** Whether the server has closed the connection, or does so now. */
  boolean isClosedByServer() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  /** All that comes, framing included, until the connection ends, however it does. */
  String untilEnd() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        all.write(b);
      }
    } catch (SocketTimeoutException e) {
      throw new IOException("the connection did not end after: " + all, e);
    } catch (SocketException e) {
      return all.toString(ISO_8859_1); // torn down
    }
    return all.toString(ISO_8859_1);
  }

  /** What comes until this text has come. */
  String until(String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf(text) < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("the connection ended after: " + seen);
      }
      seen.append((char) b);
    }
    return seen.toString();
  }

  /** The next answer's head alone. */
  String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("the connection ended within a head: " + head);
      }
      head.write(b);
    }
    return head.toString(ISO_8859_1);
  }

  private String body(String headers) throws IOException {
    int at = headers.indexOf("content-length: ");
    if (at >= 0) {
      String length = headers.substring(at + 16, headers.indexOf('\r', at)).trim();
      return new String(in.readNBytes(Integer.parseInt(length)), ISO_8859_1);
    }
    StringBuilder body = new StringBuilder();
    if (headers.contains("transfer-encoding: chunked")) {
      for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
        body.append(new String(in.readNBytes(size), ISO_8859_1));
        line();
      }
      line();
    }
    return body.toString();
  }

  /** The next chunk of the body, as soon as it is there; empty for the last. */
  String chunk() throws IOException {
    String line = line();
    // The line that ends a chunk may come with the next one.
    int size = Integer.parseInt(line.isEmpty() ? line() : line, 16);
    return new String(in.readNBytes(size), ISO_8859_1);
  }

  /** Whatever comes until the server closes the connection, by an end or a reset. */
  byte[] rest() {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        rest.write(b);
      }
    } catch (java.net.SocketException e) {
      return rest.toByteArray();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return rest.toByteArray();
  }

  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the connection ended within a line");
      }
      line.append((char) b);
    }
    return line.toString().trim();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
