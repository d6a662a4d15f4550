package com.ecohash.ecolink.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Builds media that no sane program would: the pieces of every format, put together anyhow. */
final class Hostile {
  private static final List<String> MARKS =
      List.of("RIFF", "RF64", "WAVE", "OggS", "fLaC", "ID3\4\0\0", "Xing", "VBRI", "OpusHead");
  private static final List<String> CHUNKS = List.of("fmt ", "data", "ds64", "LIST", "RIFF");
  private static final List<String> BOXES =
      List.of(
          "ftyp", "moov", "mvhd", "trak", "tkhd", "mdia", "mdhd", "hdlr", "edts", "elst", "minf",
          "stbl", "stts", "mvex", "trex", "moof", "traf", "tfhd", "trun", "mdat", "free");
  private static final Set<String> HOLDERS =
      Set.of("moov", "trak", "mdia", "edts", "minf", "stbl", "mvex", "moof", "traf");
  private static final Set<Integer> MASTERS =
      Set.of(0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675, 0xA0);
  private static final Set<Integer> BLOCKS = Set.of(0xA3, 0xA1);
  private static final int[] ELEMENTS = {
    0x1A45DFA3,
    0x18538067,
    0x1549A966,
    0x2AD7B1,
    0x4489,
    0x1654AE6B,
    0xAE,
    0xD7,
    0x83,
    0x23E383,
    0x1F43B675,
    0xE7,
    0xA3,
    0xA0,
    0xA1,
    0x9B,
    0xEC
  };
  private static final long[] NUMBERS = {
    0, 1, 2, 7, 8, 16, 255, 48_000, 0x7fffffffL, 0x80000000L, 0xffffffffL, Long.MAX_VALUE, -1, -2
  };

  private static final String FILE_TYPE = "00000008 66747970";
  private static final String MOVIE_WITH_A_TRACK =
      "00000900 6d6f6f76 000005dc 7472616b"
          + "00000018 746b6864 00000000 00000000 00000000 00000001"
          + "0000001c 6d646864 00000000 00000000 00000000 00000010 00000030"
          + "00000014 68646c72 00000000 00000000 736f756e";
  private static final String EBML = "1a45dfa3 80";
  private static final String SEGMENT_WITH_A_TRACK =
      "18538067 ff 1654ae6b ff ae ff d7 81 01 83 81 02";

  private final Random random;
  private final ByteArrayOutputStream made = new ByteArrayOutputStream();

  Hostile(Random random) {
    this.random = random;
  }

  /** A soup of a few dozen pieces that begins as one of the formats does. */
  static byte[] soup(Random random) {
    Hostile soup = new Hostile(random);
    int kind = random.nextInt(6);
    soup.begin(kind);
    for (int i = random.nextInt(120); i >= 0; i--) {
      soup.piece(random.nextInt(80) == 0 ? random.nextInt(6) : kind);
    }
    return soup.made.toByteArray();
  }

  /** Something that was media before a few bytes were changed, cut out, doubled or put in. */
  static byte[] broken(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    for (int i = random.nextInt(6); i >= 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      int length = random.nextInt(Math.min(64, bytes.length - at) + 1);
      bytes =
          switch (random.nextInt(5)) {
            case 0 -> splice(bytes, at, at + length, new byte[0]);
            case 1 -> splice(bytes, at, at, ByteBuffer.allocate(length).array());
            case 2 -> splice(bytes, at, at, copy(bytes, random.nextInt(at + 1), at));
            case 3 -> splice(bytes, at, Math.min(at + 8, bytes.length), number(random));
            default -> splice(bytes, at, at + 1, new byte[] {(byte) random.nextInt()});
          };
    }
    return bytes;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] instead) {
    return MediaSamples.join(copy(bytes, 0, from), instead, copy(bytes, to, bytes.length));
  }

  private static byte[] copy(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static byte[] number(Random random) {
    return ByteBuffer.allocate(8).putLong(NUMBERS[random.nextInt(NUMBERS.length)]).array();
  }

  private void begin(int kind) {
    switch (kind) {
      case 0 -> text("RIFF\0\0\0\0WAVE");
      case 1 -> hex(FILE_TYPE + (random.nextInt(4) == 0 ? "" : MOVIE_WITH_A_TRACK));
      case 2 -> hex(EBML + (random.nextInt(4) == 0 ? "" : SEGMENT_WITH_A_TRACK));
      case 3 -> text("ID3\4\0\0\0\0\0\0");
      case 4 -> text("fLaC\u0080\0\0\42\20\0\20\0\0\0\0\0\0\0\5\142\40\360");
      default -> {}
    }
  }

  private void piece(int kind) {
    switch (kind) {
      case 0 -> chunk();
      case 1 -> box();
      case 2 -> element();
      case 3 -> frame();
      case 4 -> flacFrame();
      default -> page();
    }
    if (random.nextInt(150) == 0) {
      text(MARKS.get(random.nextInt(MARKS.size())));
    }
  }

  private void chunk() {
    String id = CHUNKS.get(random.nextInt(CHUNKS.size()));
    text(id);
    if (id.equals("fmt ") && random.nextBoolean()) {
      text("\20\0\0\0\1\0\1\0\u0080\u003e\0\0\0\u007d\0\0\2\0\20\0");
      return;
    }
    int length = random.nextInt(40);
    int size = random.nextInt(4) == 0 ? (int) anyNumber() : length;
    put(ByteBuffer.allocate(4).putInt(Integer.reverseBytes(size)));
    rubbish(length);
  }

  /** Boxes that hold others hold what comes next. */
  private void box() {
    String type = BOXES.get(random.nextInt(BOXES.size()));
    boolean holds = HOLDERS.contains(type);
    int length = holds ? 0 : 12 + random.nextInt(36);
    int size = holds ? random.nextInt(3000) : length;
    boolean isLong = random.nextInt(8) == 0;
    boolean absurd = random.nextInt(60) == 0;
    put(ByteBuffer.allocate(4).putInt(isLong ? 1 : absurd ? (int) anyNumber() : 8 + size));
    text(type);
    if (isLong) {
      put(ByteBuffer.allocate(8).putLong(absurd ? anyNumber() : 16 + size));
    }
    fields(type, length);
  }

  /** Mostly small numbers, so that the flags, counts and times among them make some sense. */
  private void fields(String type, int length) {
    if (type.equals("hdlr") && random.nextBoolean()) {
      text("\0\0\0\0\0\0\0\0soun");
      rubbish(length - 12);
    } else if (length > 0) {
      made.write(random.nextInt(2));
      for (int i = 1; i < length; i++) {
        made.write(i % 4 == 3 || random.nextInt(8) == 0 ? random.nextInt(16) : 0);
      }
    }
  }

  private void element() {
    int id = ELEMENTS[random.nextInt(ELEMENTS.length)];
    for (int shift = 24; shift >= 0; shift -= 8) {
      if (id >>> shift != 0) {
        made.write(id >>> shift);
      }
    }
    if (MASTERS.contains(id) && random.nextInt(8) > 0) {
      made.write(0xff);
      return;
    }
    int length = random.nextInt(12);
    if (random.nextInt(60) == 0) {
      put(ByteBuffer.allocate(8).putLong(anyNumber() >>> 8 | 1L << 56));
    } else {
      made.write(0x80 | length);
    }
    if (random.nextBoolean()) {
      rubbish(length);
    } else {
      for (int i = 1; i <= length; i++) {
        boolean last = i == length;
        made.write(last ? 1 + random.nextInt(3) : i == 1 && BLOCKS.contains(id) ? 0x81 : 0);
      }
    }
  }

  private void frame() {
    int layer = random.nextInt(4);
    put(ByteBuffer.allocate(4).putInt(0xfff00000 | layer << 17 | random.nextInt(1 << 17)));
    rubbish(random.nextInt(500));
  }

  private void flacFrame() {
    byte[] head = new byte[] {-1, (byte) (0xf8 | random.nextInt(2)), 0x19, 0x18, 0, 0};
    head[2] = (byte) random.nextInt();
    head[4] = (byte) random.nextInt(4);
    head[5] = (byte) Crc8.of(head, 0, 5);
    made.writeBytes(head);
    rubbish(random.nextInt(30));
  }

  private void page() {
    text("OggS\0");
    made.write(random.nextInt(8));
    put(ByteBuffer.allocate(8).putLong(Long.reverseBytes(anyNumber())));
    put(ByteBuffer.allocate(12).putInt(random.nextInt(3)));
    int segments = random.nextInt(6);
    made.write(segments);
    int body = 0;
    for (int i = 0; i < segments; i++) {
      int length = random.nextInt(60);
      made.write(length);
      body += length;
    }
    text("OpusHead\1\1");
    rubbish(Math.max(0, body - 10));
  }

  private void rubbish(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    for (int i = random.nextInt(3); i > 0 && length >= 8; i--) {
      System.arraycopy(number(random), 0, bytes, random.nextInt(length - 7), 8);
    }
    made.writeBytes(bytes);
  }

  private long anyNumber() {
    return random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextInt(5000);
  }

  private void put(ByteBuffer buffer) {
    made.writeBytes(buffer.array());
  }

  private void hex(String hex) {
    made.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private void text(String text) {
    made.writeBytes(text.getBytes(ISO_8859_1));
  }
}
