package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.media.MediaMeter;
import com.ecohash.ecolink.openai.AnswerScan;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Meters an answer about a video: the video itself, whose length it measures as it passes, or JSON
 * about a job or a finished video. A JSON answer is held back until it is whole, so that a job can
 * be remembered before the client hears of it; of a long one only the last byte is, without which
 * nobody can read it. A job that is under way has no units yet.
 */
public final class VideoMeter implements Meter {
  private static final int PARTIAL_CONTENT = 206;

  private final Optional<Duration> asked;
  private final UnaryOperator<byte[]> rewrite;
  private final int heldBytesMax;
  private final byte[] lastByte = new byte[1];
  private boolean lastByteHeld;
  private boolean undecided;
  private boolean saysVideo;
  private @Nullable AnswerScan json;
  private @Nullable ByteArrayOutputStream held;
  private @Nullable MediaMeter video;

  /**
   * @param asked the length that the request asked for
   * @param rewrite changes a JSON answer on its way, unless it is too long to be held
   * @param heldBytesMax how much of one is held
   */
  public VideoMeter(Optional<Duration> asked, UnaryOperator<byte[]> rewrite, int heldBytesMax) {
    this.asked = asked;
    this.rewrite = rewrite;
    this.heldBytesMax = heldBytesMax;
  }

  /** One that holds nothing, for an answer that no client waits for. */
  public static VideoMeter ofOwnCall() {
    return new VideoMeter(Optional.empty(), UnaryOperator.identity(), 0);
  }

  /**
   * What the answer said, if it was JSON or a video: a page of a proxy's is neither. To be asked
   * when it has ended.
   */
  public Optional<VideoAnswer> answer() {
    if (json != null) {
      return Optional.of(VideoAnswer.of(json));
    }
    return measured()
        .map(length -> VideoAnswer.ofVideo(Optional.of(length)))
        .or(() -> video != null && saysVideo ? Optional.of(unmeasured()) : Optional.empty());
  }

  private Optional<Duration> measured() {
    return Optional.ofNullable(video).flatMap(MediaMeter::duration);
  }

  private static VideoAnswer unmeasured() {
    return VideoAnswer.ofVideo(Optional.empty());
  }

  public Optional<Duration> asked() {
    return asked;
  }

  @Override
  public void begin(int status, @Nullable String contentType) {
    json = null;
    held = null;
    video = null;
    lastByteHeld = false;
    undecided = status < 300 && status != PARTIAL_CONTENT; // all else is passed on unread
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    saysVideo = type.startsWith("video/") || type.contains("octet-stream");
    if (undecided && type.contains("json")) {
      expectJson();
    }
  }

  private void expectJson() {
    undecided = false;
    json = new AnswerScan();
    held = new ByteArrayOutputStream();
  }

  /** Containers are careless with types: a JSON object says by itself that it is one. */
  private void decide(byte[] bytes, int offset, int length) {
    int at = offset;
    while (at < offset + length - 1 && (bytes[at] == ' ' || bytes[at] == '\n')) {
      at++;
    }
    if (bytes[at] == '{') {
      expectJson();
    } else {
      undecided = false;
      video = MediaMeter.sniffing();
    }
  }

  @Override
  public void feed(byte[] bytes, int offset, int length, Sink out) {
    if (length == 0) {
      return;
    }
    if (undecided) {
      decide(bytes, offset, length);
    }
    if (video != null) {
      video.feed(bytes, offset, length);
    }
    if (json != null) {
      json.feed(bytes, offset, length);
      hold(bytes, offset, length, out);
    } else {
      out.accept(bytes, offset, length);
    }
  }

  private void hold(byte[] bytes, int offset, int length, Sink out) {
    if (held != null && held.size() + length <= heldBytesMax) {
      held.write(bytes, offset, length);
      return;
    }
    release(out, UnaryOperator.identity());
    out.accept(bytes, offset, length - 1);
    lastByte[0] = bytes[offset + length - 1];
    lastByteHeld = true;
  }

  @Override
  public void end(Sink out) {
    release(out, rewrite);
  }

  private void release(Sink out, UnaryOperator<byte[]> changed) {
    if (held != null) {
      byte[] bytes = changed.apply(held.toByteArray());
      out.accept(bytes, 0, bytes.length);
      held = null;
    }
    if (lastByteHeld) {
      out.accept(lastByte, 0, 1);
      lastByteHeld = false;
    }
  }

  @Override
  public boolean brokenOff() {
    return false; // nobody knows
  }

  @Override
  public boolean isUnfinished() {
    return false;
  }

  @Override
  public boolean isUndecided() {
    return false;
  }

  @Override
  public boolean beginsWithError() {
    return false;
  }

  @Override
  public boolean reportedError() {
    return false;
  }

  /** Of the answer to a request: one that names no job and no state is the finished video. */
  @Override
  public Units units() {
    if (video != null) {
      return VideoAnswer.ofVideo(measured()).units(asked);
    }
    if (json == null) {
      return Units.NONE; // no answer has begun: there is nothing that a client could have got
    }
    VideoAnswer said = VideoAnswer.of(json);
    return said.state() == JobState.UNSAID ? said.unitsOfVideo(asked) : said.units(asked);
  }
}
