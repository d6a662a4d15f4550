package com.ecohash.ecolink.media;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The boxes of an MP4 that say a few things about time. Each begins with a version and flags; in
 * version 1 times are 64 bits wide, so that what follows them stands elsewhere (ISO 14496-12, 8).
 */
enum Mp4Header {
  MOVIE("mvhd", 20, 32) {
    @Override
    void tell(Mp4Movie movie, byte[] b, int at, int there) {
      movie.timescale(Bytes.u32(b, at + (isLong(b, at) ? 20 : 12)));
    }
  },
  TRACK("tkhd", 16, 24) {
    @Override
    void tell(Mp4Movie movie, byte[] b, int at, int there) {
      movie.track().id(Bytes.i32(b, at + (isLong(b, at) ? 20 : 12)));
    }
  },
  MEDIA("mdhd", 20, 32) {
    @Override
    void tell(Mp4Movie movie, byte[] b, int at, int there) {
      boolean isLong = isLong(b, at);
      movie.track().timescale(Bytes.u32(b, at + (isLong ? 20 : 12)));
      movie.track().promise(isLong ? Bytes.i64(b, at + 24) : Bytes.i32(b, at + 16));
    }
  },
  HANDLER("hdlr", 12, 12) {
    @Override
    void tell(Mp4Movie movie, byte[] b, int at, int there) {
      movie.track().handler(Bytes.i32(b, at + 8));
    }
  },
  TRACK_DEFAULTS("trex", 16, 16) {
    @Override
    void tell(Mp4Movie movie, byte[] b, int at, int there) {
      movie.defaults().put(Bytes.i32(b, at + 4), Bytes.u32(b, at + 12));
    }
  },
  /** Two optional fields may stand before the default duration: an offset and an index. */
  FRAGMENT("tfhd", 8, 24) {
    @Override
    void tell(Mp4Movie movie, byte[] b, int at, int there) {
      int flags = Bytes.u24(b, at + 1);
      movie.fragmentOf(Bytes.i32(b, at + 4));
      int durationAt = 8 + ((flags & 1) != 0 ? 8 : 0) + ((flags & 2) != 0 ? 4 : 0);
      if ((flags & 8) != 0 && there >= durationAt + Integer.BYTES) {
        movie.fragmentDuration(Bytes.u32(b, at + durationAt));
      }
    }
  };

  private static final Map<Integer, Mp4Header> BY_TYPE =
      Stream.of(values()).collect(Collectors.toMap(header -> header.type, Function.identity()));

  private final int type;
  private final int bytesMin;
  private final int bytesMax;

  Mp4Header(String type, int bytesMin, int bytesMax) {
    this.type = Bytes.tag(type);
    this.bytesMin = bytesMin;
    this.bytesMax = bytesMax;
  }

  static Optional<Mp4Header> of(int type) {
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  /** How much of the content must be there, of a box that has so much. */
  int bytes(long size) {
    return (int) Math.min(size, bytesMax);
  }

  /** Reads the content, of which so many bytes are there; one that is too short says nothing. */
  void read(Mp4Movie movie, byte[] b, int at, int there) {
    boolean whole = there >= bytesMin && (!isLong(b, at) || there >= bytesMax);
    if (whole) {
      tell(movie, b, at, there);
    }
  }

  abstract void tell(Mp4Movie movie, byte[] b, int at, int there);

  private static boolean isLong(byte[] b, int at) {
    return b[at] == 1;
  }
}
