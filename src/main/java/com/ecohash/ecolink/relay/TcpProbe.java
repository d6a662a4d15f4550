package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.routing.ProbeResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.CompletableFuture;

/** Up if a TCP connection can be made; it is closed at once, without a byte. */
final class TcpProbe {
  private final Addresses addresses;

  TcpProbe(Addresses addresses) {
    this.addresses = addresses;
  }

  CompletableFuture<ProbeResult> check(URI endpoint) {
    CompletableFuture<ProbeResult> answer = new CompletableFuture<>();
    CompletableFuture<Void> unused =
        addresses
            .of(endpoint)
            .handle(
                (address, failure) -> {
                  if (failure != null) {
                    answer.complete(ProbeResult.down("no address that may be called"));
                  } else {
                    connect(address, answer);
                  }
                  return null;
                });
    return answer;
  }

  private static void connect(InetSocketAddress address, CompletableFuture<ProbeResult> answer) {
    try {
      AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
      CompletableFuture<ProbeResult> unused =
          answer.whenComplete((result, failure) -> close(channel)); // a cancelled check as well
      channel.connect(address, answer, new Connected());
    } catch (IOException e) {
      answer.complete(ProbeResult.down("no connection"));
    }
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
