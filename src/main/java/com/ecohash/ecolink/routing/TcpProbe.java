package com.ecohash.ecolink.routing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Up if a TCP connection can be made; it is closed at once, without a byte. */
final class TcpProbe {
  private final Executor executor;

  /** The executor resolves names, which blocks. */
  TcpProbe(Executor executor) {
    this.executor = executor;
  }

  CompletableFuture<ProbeResult> check(URI endpoint) {
    CompletableFuture<ProbeResult> answer = new CompletableFuture<>();
    executor.execute(() -> connect(endpoint, answer));
    return answer;
  }

  private static void connect(URI endpoint, CompletableFuture<ProbeResult> answer) {
    InetSocketAddress address = new InetSocketAddress(endpoint.getHost(), port(endpoint));
    if (address.isUnresolved()) {
      answer.complete(ProbeResult.down("unknown host"));
      return;
    }
    try {
      AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
      CompletableFuture<ProbeResult> unused =
          answer.whenComplete((result, failure) -> close(channel)); // a cancelled check as well
      channel.connect(address, answer, new Connected());
    } catch (IOException e) {
      answer.complete(ProbeResult.down("no connection"));
    }
  }

  private static int port(URI endpoint) {
    if (endpoint.getPort() >= 0) {
      return endpoint.getPort();
    }
    return "https".equalsIgnoreCase(endpoint.getScheme()) ? 443 : 80;
  }

  private static void close(AsynchronousSocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Connected
      implements CompletionHandler<Void, CompletableFuture<ProbeResult>> {
    @Override
    public void completed(Void nothing, CompletableFuture<ProbeResult> answer) {
      answer.complete(ProbeResult.up("TCP connection"));
    }

    @Override
    public void failed(Throwable failure, CompletableFuture<ProbeResult> answer) {
      answer.complete(ProbeResult.down("no connection"));
    }
  }
}
