package com.ecohash.ecolink.ids;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes request ids that sort by time, so that the index of usage records grows at its end: 48 bits
 * of milliseconds, 40 bits that are random for this process, 40 bits that count. No two processes
 * and no two requests share one.
 */
public final class RequestIds {
  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final long MASK_40 = (1L << 40) - 1;

  private final Clock clock;
  private final long process;
  private final AtomicLong counter;

  public RequestIds(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.process = random.nextLong() & MASK_40;
    this.counter = new AtomicLong(random.nextLong() & MASK_40);
  }

  public RequestId next() {
    byte[] text = new byte[30];
    text[0] = 'r';
    text[1] = 'e';
    text[2] = 'q';
    text[3] = '_';
    encode(clock.millis(), 10, text, 4);
    encode(process, 8, text, 14);
    encode(counter.getAndIncrement() & MASK_40, 8, text, 22);
    return new RequestId(new String(text, java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  private static void encode(long value, int digits, byte[] into, int offset) {
    long rest = value;
    for (int i = offset + digits - 1; i >= offset; i--) {
      into[i] = (byte) ALPHABET[(int) (rest & 31)];
      rest >>>= 5;
    }
  }
}
