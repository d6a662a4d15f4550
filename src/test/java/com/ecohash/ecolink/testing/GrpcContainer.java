package com.ecohash.ecolink.testing;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A container that is grpc-java's server: a service whose messages are plain bytes. */
public final class GrpcContainer implements AutoCloseable {
  public static final String SERVICE = "test.Echo";
  public static final Metadata.Key<String> TRAILER =
      Metadata.Key.of("x-test-trailer", Metadata.ASCII_STRING_MARSHALLER);
  public static final Metadata.Key<byte[]> BINARY_TRAILER =
      Metadata.Key.of("x-test-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private static final byte[] FAIL = "fail".getBytes(StandardCharsets.UTF_8);

  private final List<Metadata> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger cancelled = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Server server;
  private volatile boolean serving = true;

  private GrpcContainer() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .maxInboundMessageSize(16 << 20)
            .addService(echo())
            .addService(health())
            .intercept(new Recorder())
            .build()
            .start();
  }

  public static GrpcContainer start() {
    try {
      return new GrpcContainer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param service its name, with a prefix if it is called by one
   */
  public static MethodDescriptor<byte[], byte[]> method(
      String service, String name, MethodDescriptor.MethodType type) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
        .setType(type)
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** The metadata of the calls, health checks apart. */
  public List<Metadata> received() {
    return received;
  }

  public int cancelled() {
    return cancelled.get();
  }

  /** Calls that will never be answered. */
  public int waiting() {
    return waiting.get();
  }

  /** What the health protocol is told from now on; well at first. */
  public void serving(boolean well) {
    serving = well;
  }

  /** {@code grpc.health.v1}, whose answer is one field: {@code status}, 1 for SERVING. */
  private BindableService health() {
    return () ->
        ServerServiceDefinition.builder("grpc.health.v1.Health")
            .addMethod(
                method("grpc.health.v1.Health", "Check", MethodDescriptor.MethodType.UNARY),
                ServerCalls.asyncUnaryCall(
                    (request, answer) ->
                        unary(new byte[] {0x08, (byte) (serving ? 1 : 2)}, answer)))
            .build();
  }

  private BindableService echo() {
    return () ->
        ServerServiceDefinition.builder(SERVICE)
            .addMethod(
                method(SERVICE, "Unary", MethodDescriptor.MethodType.UNARY),
                ServerCalls.asyncUnaryCall(this::unary))
            .addMethod(
                method(SERVICE, "Fail", MethodDescriptor.MethodType.UNARY),
                ServerCalls.asyncUnaryCall((request, answer) -> answer.onError(failure())))
            .addMethod(
                method(SERVICE, "Wait", MethodDescriptor.MethodType.UNARY),
                ServerCalls.asyncUnaryCall(this::forEver))
            .addMethod(
                method(SERVICE, "Repeat", MethodDescriptor.MethodType.SERVER_STREAMING),
                ServerCalls.asyncServerStreamingCall(GrpcContainer::repeat))
            .addMethod(
                method(SERVICE, "Count", MethodDescriptor.MethodType.CLIENT_STREAMING),
                ServerCalls.asyncClientStreamingCall(GrpcContainer::count))
            .addMethod(
                method(SERVICE, "Chat", MethodDescriptor.MethodType.BIDI_STREAMING),
                ServerCalls.asyncBidiStreamingCall(this::chat))
            .build();
  }

  private void unary(byte[] request, StreamObserver<byte[]> answer) {
    answer.onNext(request);
    answer.onCompleted();
  }

  private static Throwable failure() {
    Metadata trailers = new Metadata();
    trailers.put(TRAILER, "what went wrong");
    trailers.put(BINARY_TRAILER, new byte[] {0, 1, 2, (byte) 0xff});
    return Status.FAILED_PRECONDITION.withDescription("not now: 100 % é").asException(trailers);
  }

  private void forEver(byte[] request, StreamObserver<byte[]> answer) {
    ((ServerCallStreamObserver<byte[]>) answer).setOnCancelHandler(cancelled::incrementAndGet);
    waiting.incrementAndGet();
  }

  /** As many messages as the request's first byte says, each as long as the request. */
  private static void repeat(byte[] request, StreamObserver<byte[]> answer) {
    for (int i = 0; i < request[0]; i++) {
      answer.onNext(request);
    }
    answer.onCompleted();
  }

  /** The number of messages, as text. */
  private static StreamObserver<byte[]> count(StreamObserver<byte[]> answer) {
    return new StreamObserver<>() {
      private int messages;

      @Override
      public void onNext(byte[] message) {
        messages++;
      }

      @Override
      public void onError(Throwable cause) {
        messages = 0;
      }

      @Override
      public void onCompleted() {
        answer.onNext(Integer.toString(messages).getBytes(StandardCharsets.UTF_8));
        answer.onCompleted();
      }
    };
  }

  private StreamObserver<byte[]> chat(StreamObserver<byte[]> answer) {
    ((ServerCallStreamObserver<byte[]>) answer).setOnCancelHandler(cancelled::incrementAndGet);
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] message) {
        if (Arrays.equals(message, FAIL)) {
          answer.onError(failure());
        } else {
          answer.onNext(message);
        }
      }

      @Override
      public void onError(Throwable cause) {
        return; // the cancel handler counts
      }

      @Override
      public void onCompleted() {
        answer.onCompleted();
      }
    };
  }

  /** Gone at once, with all its calls. */
  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Recorder implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      if (!call.getMethodDescriptor().getFullMethodName().startsWith("grpc.health")) {
        received.add(headers);
      }
      return next.startCall(call, headers);
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream message) {
      try {
        return message.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
