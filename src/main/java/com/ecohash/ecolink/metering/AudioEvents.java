package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.media.MediaMeter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the audio in a stream of speech events ({@code {"type":"speech.audio.delta","audio":"…"}}:
 * base64 of the next piece of the file) and lets a meter see it. It looks for the member's name
 * with its quotes, which cannot stand in a JSON string unescaped, and keeps nothing but its place.
 */
final class AudioEvents {
  private static final byte[] NAME = "\"audio\"".getBytes(StandardCharsets.US_ASCII);
  private static final int PIECE_BYTES = 3 * 256;
  private static final byte[] SIXES = sixes();

  private enum Place {
    NAME,
    COLON,
    QUOTE,
    AUDIO
  }

  private final MediaMeter audio;
  private final byte[] piece = new byte[PIECE_BYTES];
  private Place place = Place.NAME;
  private int matched;
  private int pieceBytes;
  private int bits;
  private int bitCount;

  AudioEvents(MediaMeter audio) {
    this.audio = audio;
  }

  void feed(byte[] b, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      step(b[i]);
    }
    flush();
  }

  private void step(byte c) {
    switch (place) {
      case NAME -> name(c);
      case COLON -> expect(c, ':', Place.QUOTE);
      case QUOTE -> {
        expect(c, '"', Place.AUDIO);
        bitCount = 0;
      }
      case AUDIO -> audio(c);
    }
  }

  private void name(byte c) {
    if (c == NAME[matched]) {
      matched++;
    } else {
      matched = c == NAME[0] ? 1 : 0;
    }
    if (matched == NAME.length) {
      matched = 0;
      place = Place.COLON;
    }
  }

  private void expect(byte c, char expected, Place next) {
    if (c == expected) {
      place = next;
    } else if (c != ' ') {
      place = Place.NAME;
    }
  }

  private void audio(byte c) {
    if (c == '"') {
      place = Place.NAME;
      return;
    }
    int six = c < 0 ? -1 : SIXES[c];
    if (six < 0) {
      return; // padding, or an escaped slash's backslash
    }
    bits = bits << 6 | six;
    bitCount += 6;
    if (bitCount >= 8) {
      bitCount -= 8;
      piece[pieceBytes++] = (byte) (bits >> bitCount);
      if (pieceBytes == PIECE_BYTES) {
        flush();
      }
    }
  }

  private void flush() {
    audio.feed(piece, 0, pieceBytes);
    pieceBytes = 0;
  }

  private static byte[] sixes() {
    byte[] sixes = new byte[128];
    Arrays.fill(sixes, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      sixes[alphabet.charAt(i)] = (byte) i;
    }
    return sixes;
  }
}
