package com.ecohash.ecolink.media;

import java.util.Set;

/** Recognises a format by its first bytes, or by those after an ID3v2 tag, and hands over to it. */
final class Sniffer implements MediaFormat {
  private static final int MARK_BYTES = 12;
  private static final int RIFF = Bytes.tag("RIFF");
  private static final int RF64 = Bytes.tag("RF64");
  private static final int BW64 = Bytes.tag("BW64");
  private static final int WAVE = Bytes.tag("WAVE");
  private static final int OGG = Bytes.tag("OggS");
  private static final int FLAC = Bytes.tag("fLaC");
  private static final int EBML = 0x1A45DFA3;

  /** What an MP4, a segment of one or an old QuickTime file begins with, after the box's size. */
  private static final Set<Integer> BOXES =
      Set.of(
          Bytes.tag("ftyp"),
          Bytes.tag("styp"),
          Bytes.tag("moov"),
          Bytes.tag("mdat"),
          Bytes.tag("wide"),
          Bytes.tag("free"),
          Bytes.tag("skip"));

  private final ContentHints hints;
  private boolean afterTag;
  private MediaFormat found = this;

  Sniffer(ContentHints hints) {
    this.hints = hints;
  }

  @Override
  public int wanted() {
    return MARK_BYTES;
  }

  @Override
  public long read(byte[] b, int from, int to) {
    if (Id3Tag.isAt(b, from)) {
      afterTag = true;
      return Id3Tag.bytes(b, from);
    }
    found = recognise(b, from);
    return 0;
  }

  @Override
  public MediaFormat successor() {
    return found;
  }

  @Override
  public long nanos() {
    return UNKNOWN;
  }

  private MediaFormat recognise(byte[] b, int at) {
    int mark = Bytes.i32(b, at);
    if ((mark == RIFF || mark == RF64 || mark == BW64) && Bytes.i32(b, at + 8) == WAVE) {
      return new WavFormat();
    }
    if (mark == OGG) {
      return new OggFormat();
    }
    if (mark == FLAC) {
      return new FlacFormat();
    }
    if (mark == EBML) {
      return new MatroskaFormat();
    }
    if (BOXES.contains(Bytes.i32(b, at + 4))) {
      return new Mp4Format();
    }
    return unmarked(b, at);
  }

  /**
   * An MPEG frame's mark is eleven bits, which other bytes may have too: raw PCM must come first.
   */
  private MediaFormat unmarked(byte[] b, int at) {
    if (hints.pcm().isPresent() && !afterTag) {
      return new PcmFormat(hints.pcm().get());
    }
    if (hints.frames() || afterTag || FrameHead.isFrame(b, at)) {
      return new FramedFormat();
    }
    return new UnknownFormat();
  }
}
