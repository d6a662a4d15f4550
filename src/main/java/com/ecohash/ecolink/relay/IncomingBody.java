package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in a request's body as it comes, without holding a thread while it does not. */
public final class IncomingBody implements ReadListener {
  /** Looks at a body while it is taken in; may refuse it by an {@link ApiException}. */
  public interface Reader {
    void feed(byte[] bytes, int offset, int length);

    void finish();
  }

  private static final Logger LOG = LoggerFactory.getLogger(IncomingBody.class);
  private static final int READ_BYTES = 16 * 1024;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final ServletInputStream in;
  private final BodyStore store;
  private final Reader reader;
  private final CompletableFuture<StoredBody> whole = new CompletableFuture<>();
  private final byte[] buffer;

  private IncomingBody(ServletInputStream in, BodyStore store, Reader reader, int bufferBytes) {
    this.in = in;
    this.store = store;
    this.reader = reader;
    this.buffer = new byte[bufferBytes];
  }

  /**
   * Takes the body in. The stage fails with an {@link ApiException} if the body is refused, with a
   * {@link ClientGoneException} if its sender has gone.
   */
  public static CompletionStage<StoredBody> take(
      HttpServletRequest request, BodyLimits limits, Reader reader) {
    try {
      long announced = request.getContentLengthLong();
      BodyStore store = new BodyStore(limits, announced);
      int bufferBytes = announced < 0 ? READ_BYTES : (int) Math.min(announced + 1, READ_BYTES);
      IncomingBody body =
          new IncomingBody(request.getInputStream(), store, reader, Math.max(bufferBytes, 1));
      body.in.setReadListener(body);
      return body.whole;
    } catch (ApiException refusal) {
      return CompletableFuture.failedStage(refusal);
    } catch (IOException e) {
      return CompletableFuture.failedStage(new ClientGoneException(e));
    }
  }

  @Override
  public void onDataAvailable() {
    try {
      while (!whole.isDone() && in.isReady() && !in.isFinished()) {
        int length = in.read(buffer);
        if (length < 0) {
          break;
        }
        keep(length);
        reader.feed(buffer, 0, length);
      }
    } catch (ApiException refusal) {
      refuse(refusal);
    } catch (IOException e) {
      gone(e);
    }
  }

  /** Apart from reading: that the disk is full says nothing of the client. */
  private void keep(int length) {
    try {
      store.append(buffer, length);
    } catch (IOException e) {
      LOG.error("a request's body cannot be written to the spool folder", e);
      throw new ApiException(
              ErrorType.OVERLOADED,
              "The gateway cannot keep the request's body now, as it cannot write to its disk."
                  + " Try again soon.")
          .withRetryAfter(RETRY_AFTER);
    }
  }

  @Override
  public void onAllDataRead() {
    if (whole.isDone()) {
      return;
    }
    try {
      reader.finish();
    } catch (ApiException refusal) {
      refuse(refusal);
      return;
    }
    whole.complete(store.stored());
  }

  @Override
  public void onError(Throwable cause) {
    gone(cause);
  }

  private void refuse(ApiException refusal) {
    store.discard();
    whole.completeExceptionally(refusal);
  }

  private void gone(Throwable cause) {
    LOG.debug("a request ended before its body", cause);
    if (!whole.isDone()) {
      store.discard();
      whole.completeExceptionally(new ClientGoneException(cause));
    }
  }
}
