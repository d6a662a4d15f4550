package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.media.MediaMeter;
import com.ecohash.ecolink.openai.RequestScan;
import com.ecohash.ecolink.openai.ScannedBody;
import com.ecohash.ecolink.openai.ScannedRequest;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Which meter an exchange of the unified API gets: one table for all categories. */
public final class Meters {
  private static final RequestScan.Form EMBEDDING = RequestScan.Form.withHints();
  private static final RequestScan.Form IMAGE = RequestScan.Form.withHints("n", "size");
  private static final RequestScan.Form SPEECH =
      RequestScan.Form.withHints(SpeechMeter.FORMAT_HINT);
  private static final RequestScan.Form VIDEO = RequestScan.Form.withHints(VideoLength.HINTS);

  private final int eventBytesMax;
  private final int videoStatusBytesMax;

  /**
   * @param eventBytesMax a longer server-sent event passes unread
   * @param videoStatusBytesMax how much of an answer about a video is held back until it is whole
   */
  public Meters(int eventBytesMax, int videoStatusBytesMax) {
    this.eventBytesMax = eventBytesMax;
    this.videoStatusBytesMax = videoStatusBytesMax;
  }

  /**
   * The meter of an answer about a video job.
   *
   * @param rewrite changes it on its way
   */
  public VideoMeter ofVideoJob(UnaryOperator<byte[]> rewrite) {
    return new VideoMeter(Optional.empty(), rewrite, videoStatusBytesMax);
  }

  /** Loads what the first estimate would have to load on the thread that carries exchanges. */
  public static void prepare() {
    TokenEstimate.prepare();
  }

  /** What the meter of a category must know of a JSON request. */
  public static RequestScan.Form form(Category category) {
    return switch (category) {
      case CHAT -> RequestScan.Form.CHAT;
      case EMBEDDING -> EMBEDDING;
      case IMAGE -> IMAGE;
      case AUDIO_SPEECH -> SPEECH;
      case VIDEO -> VIDEO;
      case AUDIO_TRANSCRIPTION -> throw isAForm();
    };
  }

  /** The size of the images that a request asks for, if it names one. */
  public static Optional<ImageSize> imageSize(Category category, ScannedBody request) {
    return category == Category.IMAGE && request instanceof ScannedRequest json
        ? json.hint("size").flatMap(ImageSize::parse)
        : Optional.empty();
  }

  /**
   * @param dropUsageEvent the client of a chat stream did not ask for its usage event
   */
  public Meter of(Category category, ScannedRequest request, boolean dropUsageEvent) {
    return switch (category) {
      case CHAT -> json(dropUsageEvent, tokens(request, true), true);
      case EMBEDDING -> json(false, tokens(request, false), false);
      case IMAGE -> json(false, new ImageCount(request.hint("n")), false);
      case AUDIO_SPEECH -> new SpeechMeter(request, eventBytesMax);
      case AUDIO_TRANSCRIPTION -> throw isAForm();
      case VIDEO ->
          new VideoMeter(VideoLength.asked(request), UnaryOperator.identity(), videoStatusBytesMax);
    };
  }

  /**
   * @param upload sees the uploaded file pass
   */
  public Meter ofTranscription(MediaMeter upload) {
    return json(false, new TranscriptionCount(upload), false);
  }

  private static IllegalArgumentException isAForm() {
    return new IllegalArgumentException("a transcription's request is a form, not JSON");
  }

  private Meter json(boolean dropUsageEvent, UnitCount count, boolean chat) {
    return new JsonMeter(dropUsageEvent, eventBytesMax, count, chat);
  }

  private static UnitCount tokens(ScannedRequest request, boolean generates) {
    // Numbers within a chat are settings and coordinates; within an embedding's input, tokens.
    long tokens = generates ? 0 : request.innerNumbers();
    return new TokenCount(request.sample(), request.textBytes(), tokens, generates);
  }
}
