package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.GrpcCaller;
import com.ecohash.ecolink.testing.GrpcContainer;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;

/**
 * Prints how long a message of 100 bytes takes there and back on one bidirectional gRPC stream:
 * straight to the container, and through the gateway, in turn. A program, not a test: {@code main}
 * with the test class path, {@code -Decolink.war=target/ecolink.war} and {@code
 * ECOLINK_OPERATOR_KEY} in the environment; arguments: messages of a block, blocks.
 */
final class GrpcLatencyBenchmark {
  private static final int MESSAGE_BYTES = 100;

  private GrpcLatencyBenchmark() {}

  public static void main(String[] arguments) throws InterruptedException {
    int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000;
    int blocks = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 6;
    try (GatewayProcess process = GatewayProcess.start(Map.of());
        GrpcContainer container = GrpcContainer.start()) {
      Tenant tenant = Tenant.on(process.gateway());
      long instance = tenant.launchCustom("/", "h2c", container.uri());
      for (int block = 1; block <= blocks; block++) {
        print("direct ", block, pingPong(container.uri(), tenant.key(), instance, messages));
        print(
            "gateway", block, pingPong(process.gateway().base(), tenant.key(), instance, messages));
      }
    }
  }

  private static long[] pingPong(URI address, String key, long instance, int messages)
      throws InterruptedException {
    long[] nanos = new long[messages];
    try (GrpcCaller caller = GrpcCaller.of(address, key).forInstance(instance)) {
      Echoes echoes = new Echoes();
      StreamObserver<byte[]> stream = caller.bidi("Chat", echoes);
      byte[] message = new byte[MESSAGE_BYTES];
      for (int i = 0; i < messages; i++) {
        long sentNanos = System.nanoTime();
        stream.onNext(message);
        echoes.take();
        nanos[i] = System.nanoTime() - sentNanos;
      }
      stream.onCompleted();
      echoes.ended.await();
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private static void print(String way, int block, long[] sorted) {
    System.out.printf(
        "%s block %d: p50 %,d us, p99 %,d us%n",
        way, block, sorted[sorted.length / 2] / 1_000, sorted[sorted.length * 99 / 100] / 1_000);
  }

  /** Hands each message to the thread that waits for it. */
  private static final class Echoes implements StreamObserver<byte[]> {
    private final SynchronousQueue<byte[]> arrived = new SynchronousQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    byte[] take() throws InterruptedException {
      return arrived.take();
    }

    @Override
    public void onNext(byte[] message) {
      try {
        arrived.put(message);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void onError(Throwable cause) {
      throw new IllegalStateException("the stream broke", cause);
    }

    @Override
    public void onCompleted() {
      ended.countDown();
    }
  }
}
