package com.ecohash.ecolink.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector of OTLP traces on a real socket (HTTP, protobuf), which keeps what it was sent. */
public final class TraceCollector implements AutoCloseable {
  /** A span as it arrived; numbers are written as texts among the attributes. */
  public record Span(
      String traceId,
      String spanId,
      String parentSpanId,
      String name,
      long kind,
      long nanos,
      Map<String, String> attributes) {}

  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  private TraceCollector(HttpServer server) {
    this.server = server;
  }

  public static TraceCollector start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      TraceCollector collector = new TraceCollector(server);
      server.createContext("/v1/traces", collector::take);
      server.start();
      return collector;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Span> spans() {
    return spans;
  }

  /** What the exports carried in {@code Authorization}. */
  public List<String> authorizations() {
    return authorizations;
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    List<String> authorization = exchange.getRequestHeaders().get("Authorization");
    if (authorization != null) {
      authorizations.addAll(authorization);
    }
    for (Protobuf resourceSpans : new Protobuf(body).messages(1)) {
      for (Protobuf scopeSpans : resourceSpans.messages(2)) {
        scopeSpans.messages(2).forEach(span -> spans.add(span(span)));
      }
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /** The field numbers are those of opentelemetry-proto's trace.proto and common.proto. */
  private static Span span(Protobuf span) {
    Map<String, String> attributes = new TreeMap<>();
    for (Protobuf attribute : span.messages(9)) {
      for (Protobuf value : attribute.messages(2)) {
        String text = value.bytes(1).length > 0 ? text(value.bytes(1)) : "" + value.number(3);
        attributes.put(text(attribute.bytes(1)), text);
      }
    }
    return new Span(
        hex(span.bytes(1)),
        hex(span.bytes(2)),
        hex(span.bytes(4)),
        text(span.bytes(5)),
        span.number(6),
        span.number(8) - span.number(7),
        attributes);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
