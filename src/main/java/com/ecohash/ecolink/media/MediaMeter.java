package com.ecohash.ecolink.media;

import java.time.Duration;
import java.util.Optional;

/**
 * Measures how long one piece of audio or video plays, from its bytes as they pass. It reads WAV
 * (RF64 too), MP3, ADTS AAC, Ogg (Opus, Vorbis, FLAC, Speex), FLAC, MP4 (M4A, MOV, fragmented
 * ones), WebM and Matroska, whole or streamed without a length, and raw PCM where a hint names it.
 *
 * <p>It counts what has passed, wherever the format lets one know, and does not rely on lengths
 * that a header promises. It never throws, whatever the bytes are; its time is linear in their
 * number; and it holds at most {@link #HELD_BYTES_MAX} bytes, its own objects included. One piece,
 * one thread at a time.
 */
public final class MediaMeter {
  /** No piece is said to be longer; a header that claims more is not believed. */
  public static final Duration LONGEST = Duration.ofNanos(PlayTime.LONGEST_NANOS);

  /** What a meter takes of the heap, whatever it is fed: mostly an MP4's 32 tracks. */
  public static final int HELD_BYTES_MAX = 8 << 10;

  private final byte[] held = new byte[MediaFormat.WANTED_MAX];
  private int heldBytes;
  private long toPass;
  private MediaFormat format;

  private MediaMeter(ContentHints hints) {
    this.format = new Sniffer(hints);
  }

  /** A meter that recognises the format by its first bytes. */
  public static MediaMeter sniffing() {
    return new MediaMeter(ContentHints.NONE);
  }

  /**
   * A meter that also knows what was said of the bytes, which matters where they have no mark of
   * their own: raw PCM, and MP3 or AAC that begins in mid-frame. The bytes' own marks win.
   *
   * @param contentType of the answer or the uploaded part, with its parameters (RFC 2586: {@code
   *     audio/L16;rate=16000;channels=1}); empty if none
   * @param responseFormat OpenAI's {@code response_format} of a speech request, whose {@code pcm}
   *     is 24 kHz, 16 bit, mono; empty if none, and not asked where the type is no media type
   */
  public static MediaMeter of(String contentType, String responseFormat) {
    return new MediaMeter(ContentHints.of(contentType, responseFormat));
  }

  /** Takes the next piece of the stream, of which nothing is kept but a header that it cuts. */
  public void feed(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      if (toPass > 0) {
        at += pass(end - at);
      } else if (heldBytes > 0) {
        at = readHeld(bytes, offset, at, end);
      } else if (end - at < format.wanted()) {
        at += hold(bytes, at, end - at);
      } else {
        toPass = read(bytes, at, end);
      }
    }
  }

  /**
   * How long the piece plays as far as it has passed; of an MP4 whose index comes first, the share
   * of its media that has passed. At most {@link #LONGEST}. Empty: no audio or video was
   * recognised, or nothing is known of its length (yet: an MP4 whose index comes last).
   */
  public Optional<Duration> duration() {
    long nanos = format.nanos();
    return nanos == MediaFormat.UNKNOWN ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
  }

  private int pass(int there) {
    int passed = (int) Math.min(toPass, there);
    toPass -= passed;
    return passed;
  }

  private int hold(byte[] bytes, int at, int count) {
    System.arraycopy(bytes, at, held, heldBytes, count);
    heldBytes += count;
    return count;
  }

  /** Completes what is held with what has come, and goes back to the piece as soon as it can. */
  private int readHeld(byte[] bytes, int offset, int from, int end) {
    int at =
        from + hold(bytes, from, Math.max(0, Math.min(format.wanted() - heldBytes, end - from)));
    while (heldBytes > 0 && heldBytes >= format.wanted()) {
      dropHeld(read(held, 0, heldBytes));
      if (heldBytes <= at - offset) {
        at -= heldBytes;
        heldBytes = 0;
      }
    }
    return at;
  }

  private void dropHeld(long passed) {
    int dropped = (int) Math.min(passed, heldBytes);
    heldBytes -= dropped;
    System.arraycopy(held, dropped, held, 0, heldBytes);
    toPass = passed - dropped;
  }

  /** A format that neither passes bytes nor asks for more has lost its way: it gets no more. */
  private long read(byte[] b, int from, int to) {
    MediaFormat reader = format;
    int wanted = reader.wanted();
    long passed = reader.read(b, from, to);
    format = reader.successor();
    boolean stuck = passed <= 0 && format == reader && reader.wanted() <= wanted;
    return stuck ? MediaFormat.EVERYTHING : passed;
  }
}
