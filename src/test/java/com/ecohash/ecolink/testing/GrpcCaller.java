package com.ecohash.ecolink.testing;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** grpc-java's client of a {@link GrpcContainer} behind a gateway: the key in the metadata. */
public final class GrpcCaller implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION = ascii("authorization");
  private static final Metadata.Key<String> INSTANCE = ascii("x-ecolink-instance");
  private static final Metadata.Key<String> REQUEST_ID = ascii("x-request-id");

  private final ManagedChannel channel;
  private final Metadata metadata;
  private final String service;
  private final CallOptions options;
  private final List<String> requestIds;

  private GrpcCaller(
      ManagedChannel channel,
      Metadata metadata,
      String service,
      CallOptions options,
      List<String> requestIds) {
    this.channel = channel;
    this.metadata = metadata;
    this.service = service;
    this.options = options;
    this.requestIds = requestIds;
  }

  public static GrpcCaller of(URI gateway, String key) {
    Metadata metadata = new Metadata();
    metadata.put(AUTHORIZATION, "Bearer " + key);
    return new GrpcCaller(
        NettyChannelBuilder.forAddress(gateway.getHost(), gateway.getPort())
            .usePlaintext()
            .maxInboundMessageSize(16 << 20)
            .build(),
        metadata,
        GrpcContainer.SERVICE,
        CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS),
        new CopyOnWriteArrayList<>());
  }

  /** Names the instance in the metadata, and calls the root. */
  public GrpcCaller forInstance(long instance) {
    Metadata named = new Metadata();
    named.merge(metadata);
    named.put(INSTANCE, Long.toString(instance));
    return new GrpcCaller(channel, named, service, options, requestIds);
  }

  /** Names the instance in the address. */
  public GrpcCaller withPrefix(long instance) {
    String prefixed = "inference-instances/" + instance + "/proxy/" + GrpcContainer.SERVICE;
    return new GrpcCaller(channel, metadata, prefixed, options, requestIds);
  }

  public GrpcCaller withDeadline(Duration limit) {
    CallOptions limited = options.withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
    return new GrpcCaller(channel, metadata, service, limited, requestIds);
  }

  public byte[] unary(String method, byte[] message) {
    return ClientCalls.blockingUnaryCall(
        intercepted(), method(method, MethodType.UNARY), options, message);
  }

  public List<byte[]> serverStream(String method, byte[] message) {
    List<byte[]> answers = new ArrayList<>();
    Iterator<byte[]> stream =
        ClientCalls.blockingServerStreamingCall(
            intercepted(), method(method, MethodType.SERVER_STREAMING), options, message);
    stream.forEachRemaining(answers::add);
    return answers;
  }

  public StreamObserver<byte[]> clientStream(String method, Answers answers) {
    return ClientCalls.asyncClientStreamingCall(call(method, MethodType.CLIENT_STREAMING), answers);
  }

  public StreamObserver<byte[]> bidi(String method, StreamObserver<byte[]> answers) {
    return ClientCalls.asyncBidiStreamingCall(call(method, MethodType.BIDI_STREAMING), answers);
  }

  /** The id that the gateway gave to the latest call. */
  public String lastRequestId() {
    return requestIds.get(requestIds.size() - 1);
  }

  private ClientCall<byte[], byte[]> call(String method, MethodType type) {
    return intercepted().newCall(method(method, type), options);
  }

  private MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
    return GrpcContainer.method(service, name, type);
  }

  private Channel intercepted() {
    return ClientInterceptors.intercept(channel, new WithMetadata());
  }

  private static Metadata.Key<String> ascii(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private final class WithMetadata implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions callOptions, Channel next) {
      return new SimpleForwardingClientCall<>(next.newCall(method, callOptions)) {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          headers.merge(metadata);
          super.start(new IdReader<>(listener), headers);
        }
      };
    }
  }

  private final class IdReader<A> extends SimpleForwardingClientCallListener<A> {
    IdReader(ClientCall.Listener<A> delegate) {
      super(delegate);
    }

    @Override
    public void onHeaders(Metadata headers) {
      String id = headers.get(REQUEST_ID);
      if (id != null) {
        requestIds.add(id);
      }
      super.onHeaders(headers);
    }
  }

  /** What comes back in a stream. */
  public static final class Answers implements StreamObserver<byte[]> {
    private final List<byte[]> messages = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();

    @Override
    public void onNext(byte[] message) {
      messages.add(message);
    }

    @Override
    public void onError(Throwable cause) {
      end.complete(Status.fromThrowable(cause));
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
    }

    public List<byte[]> messages() {
      return messages;
    }

    public boolean hasEnded() {
      return end.isDone();
    }

    public void awaitEnd() {
      status();
    }

    public Status status() {
      try {
        return end.get(30, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new IllegalStateException("the call did not end", e);
      }
    }
  }
}
