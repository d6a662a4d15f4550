package com.ecohash.ecolink.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ByteSearchTest {
  @Property(tries = 5000)
  void findsWhatALookAtEachByteFinds(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = bytes(random);
    int from = random.nextInt(bytes.length + 1);
    int end = from + random.nextInt(bytes.length - from + 1);

    assertThat(ByteSearch.lineEnd(bytes, from, end)).isEqualTo(lineEnd(bytes, from, end));
    assertThat(ByteSearch.stringStop(bytes, from, end)).isEqualTo(stringStop(bytes, from, end));
  }

  /** Mostly harmless bytes, the neighbours of the interesting ones among them. */
  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(90)];
    random.nextBytes(bytes);
    byte[] likely = {
      ' ', '!', '#', '[', ']', 0x7f, (byte) 0x80, (byte) 0xa2, (byte) 0xff, 'u', 'n'
    };
    int harmless = random.nextInt(100);
    for (int i = 0; i < bytes.length; i++) {
      if (random.nextInt(100) < harmless) {
        bytes[i] = likely[random.nextInt(likely.length)];
      }
    }
    if (bytes.length > 0 && random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] = (byte) "\"\\\r\n\t".charAt(random.nextInt(5));
    }
    return bytes;
  }

  private static int lineEnd(byte[] b, int from, int end) {
    int at = from;
    while (at < end && b[at] != '\n' && b[at] != '\r') {
      at++;
    }
    return at;
  }

  private static int stringStop(byte[] b, int from, int end) {
    for (int at = from; at < end; at++) {
      if (b[at] == '\\' && at + 1 < end && "\"\\/bfnrt".indexOf(b[at + 1]) >= 0) {
        at++;
      } else if (b[at] == '\\' || b[at] == '"' || (b[at] >= 0 && b[at] < 0x20)) {
        return at;
      }
    }
    return end;
  }
}
