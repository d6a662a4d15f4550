package com.ecohash.ecolink.routing;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Throws a body away, so that its connection can be used again; one that is longer than any health
 * check's answer is broken off instead.
 */
final class BoundedDiscard implements BodySubscriber<Void> {
  private static final long BODY_BYTES_MAX = 64 * 1024;

  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private long bodyBytes;

  @Override
  public CompletionStage<Void> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      bodyBytes += buffer.remaining();
    }
    if (bodyBytes > BODY_BYTES_MAX && subscription != null) {
      subscription.cancel();
      done.complete(null);
    }
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    done.complete(null);
  }
}
