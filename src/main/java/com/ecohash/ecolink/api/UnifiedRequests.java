package com.ecohash.ecolink.api;

import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.media.MediaMeter;
import com.ecohash.ecolink.metering.Meters;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import com.ecohash.ecolink.openai.FormScan;
import com.ecohash.ecolink.openai.RequestScan;
import com.ecohash.ecolink.openai.ScannedForm;
import com.ecohash.ecolink.openai.ScannedRequest;
import com.ecohash.ecolink.relay.FieldPolicy;
import com.ecohash.ecolink.relay.ForwardedRequest;
import com.ecohash.ecolink.relay.IncomingBody;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of the unified API, and refuses those that could be understood in two ways.
 */
public final class UnifiedRequests {
  private final UnifiedSettings settings;
  private final Meters meters;

  public UnifiedRequests(UnifiedSettings settings, Meters meters) {
    this.settings = settings;
    this.meters = meters;
  }

  CompletionStage<UnifiedRequest> read(Exchange exchange, Category category) {
    HttpServletRequest request = exchange.request();
    try {
      refuseCompression(request);
      refuseTwoLengths(request);
      refuseTwoTypes(request);
      return category == Category.AUDIO_TRANSCRIPTION
          ? form(exchange, category)
          : json(exchange, category);
    } catch (ApiException refusal) {
      return CompletableFuture.failedStage(refusal);
    }
  }

  private CompletionStage<UnifiedRequest> json(Exchange exchange, Category category) {
    ForwardedRequest forwarded = exchange.forwarded(category.endpoint(), FieldPolicy.JSON);
    JsonReader reader =
        new JsonReader(new RequestScan(Meters.form(category), settings.jsonDepthMax()));
    return IncomingBody.take(exchange.request(), settings.json(), reader)
        .thenApply(
            body ->
                new UnifiedRequest(
                    reader.scanned(),
                    body,
                    forwarded,
                    drop -> meters.of(category, reader.scanned(), drop)));
  }

  private CompletionStage<UnifiedRequest> form(Exchange exchange, Category category) {
    ForwardedRequest forwarded = exchange.forwarded(category.endpoint(), FieldPolicy.AS_NAMED);
    HttpServletRequest request = exchange.request();
    MediaMeter audio = MediaMeter.sniffing();
    FormReader reader =
        new FormReader(FormScan.of(request.getContentType(), settings.form(), audio::feed));
    return IncomingBody.take(request, settings.upload(), reader)
        .thenApply(
            body ->
                new UnifiedRequest(
                    reader.scanned(), body, forwarded, drop -> meters.ofTranscription(audio)));
  }

  /** A compressed body cannot be looked into without being unpacked, and so changed. */
  private static void refuseCompression(HttpServletRequest request) {
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new ApiException(
          ErrorType.UNSUPPORTED_MEDIA_TYPE,
          "The request body is compressed (Content-Encoding: "
              + (encoding.length() > 40 ? encoding.substring(0, 40) + "…" : encoding)
              + "). Send it as it is.");
    }
  }

  /** Two lengths are how requests are smuggled (RFC 9112, section 6.1). */
  private static void refuseTwoLengths(HttpServletRequest request) {
    if (request.getHeader("Transfer-Encoding") != null
        && request.getHeader("Content-Length") != null) {
      throw ApiException.invalidRequest(
          "The request has both Content-Length and Transfer-Encoding. Send one of them.");
    }
  }

  /** The gateway would read the body by the one, and the container perhaps by the other. */
  private static void refuseTwoTypes(HttpServletRequest request) {
    Enumeration<String> types = request.getHeaders("Content-Type");
    if (types.hasMoreElements()) {
      types.nextElement();
      if (types.hasMoreElements()) {
        throw ApiException.invalidRequest(
            "The request has more than one Content-Type. Send one of them.");
      }
    }
  }

  /** Scans a JSON body as it comes; one that is broken is not stored to its end. */
  private static final class JsonReader implements IncomingBody.Reader {
    private final RequestScan scan;
    private @Nullable ScannedRequest scanned;

    JsonReader(RequestScan scan) {
      this.scan = scan;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length) {
      if (!scan.feed(bytes, offset, length)) {
        scan.finish();
      }
    }

    @Override
    public void finish() {
      scanned = scan.finish();
    }

    ScannedRequest scanned() {
      return whole(scanned);
    }
  }

  /** The same for a form. */
  private static final class FormReader implements IncomingBody.Reader {
    private final FormScan scan;
    private @Nullable ScannedForm scanned;

    FormReader(FormScan scan) {
      this.scan = scan;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length) {
      if (!scan.feed(bytes, offset, length)) {
        scan.finish();
      }
    }

    @Override
    public void finish() {
      scanned = scan.finish();
    }

    ScannedForm scanned() {
      return whole(scanned);
    }
  }

  private static <T> T whole(@Nullable T scanned) {
    if (scanned == null) {
      throw new IllegalStateException("asked before the body was whole");
    }
    return scanned;
  }
}
