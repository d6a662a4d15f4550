package com.ecohash.ecolink.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Objects;

/** Files that really are what they say. */
public final class SampleMedia {
  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJ"
                  + "RU5ErkJggg==");

  private static final byte[] MP4 =
      Base64.getDecoder()
          .decode(
              "AAAAHGZ0eXBpc29tAAACAGlzb21pc28ybXA0MQAAAzNtb292AAAAbG12aGQAAAAAAAAAAAAAAAAAAAPo"
                  + "AAAJxAABAAABAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAEAAAAAAAAAA"
                  + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAAACgnRyYWsAAABcdGtoZAAAAAMAAAAAAAAAAAAAAAEAAAAA"
                  + "AAAJxAAAAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAEAAAAAAEAAA"
                  + "ABAAAAAAACRlZHRzAAAAHGVsc3QAAAAAAAAAAQAACcQAAAAAAAEAAAAAAfptZGlhAAAAIG1kaGQAAAAA"
                  + "AAAAAAAAAAAAAEAAAACgAFXEAAAAAAAtaGRscgAAAAAAAAAAdmlkZQAAAAAAAAAAAAAAAFZpZGVvSGFu"
                  + "ZGxlcgAAAAGlbWluZgAAABR2bWhkAAAAAQAAAAAAAAAAAAAAJGRpbmYAAAAcZHJlZgAAAAAAAAABAAAA"
                  + "DHVybCAAAAABAAABZXN0YmwAAADZc3RzZAAAAAAAAAABAAAAyW1wNHYAAAAAAAAAAQAAAAAAAAAAAAAA"
                  + "AAAAAAAAEAAQAEgAAABIAAAAAAAAAAEKTGF2YyBtcGVnNAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAY//8A"
                  + "AABPZXNkcwAAAAADgICAPgABAASAgIAwIBEAAAAAAw1AAAAAkAWAgIAeAAABsAEAAAG1iRMAAAEAAAAB"
                  + "IADEjYgAFQCEAhRjBoCAgAECAAAAEHBhc3AAAAABAAAAAQAAABRidHJ0AAAAAAADDUAAAACQAAAAGHN0"
                  + "dHMAAAAAAAAAAQAAAAUAACAAAAAAFHN0c3MAAAAAAAAAAQAAAAEAAAAcc3RzYwAAAAAAAAABAAAAAQAA"
                  + "AAUAAAABAAAAKHN0c3oAAAAAAAAAAAAAAAUAAAARAAAABwAAAAcAAAAHAAAABwAAABRzdGNvAAAAAAAA"
                  + "AAEAAANfAAAAPXVkdGEAAAA1bWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAbWRpcmFwcGwAAAAAAAAAAAAA"
                  + "AAAIaWxzdAAAAAhmcmVlAAAANW1kYXQAAAGzABAHAAABthYFGCPbfgAAAbZfAjcAAAG2awEbAAABtl8C"
                  + "NwAAAbZrARs=");

  private SampleMedia() {}

  /**
   * A second of a sine tone.
   *
   * @param name of one of the inputs that the media meter's fuzz test starts from
   */
  public static byte[] second(String name) {
    String path =
        "/com/ecohash/ecolink/media/MediaMeterFuzzInputs/measuresTheSameHoweverItIsCut/" + name;
    try (InputStream file = SampleMedia.class.getResourceAsStream(path)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One pixel. */
  public static byte[] png() {
    return PNG.clone();
  }

  /** Two and a half seconds of MPEG-4 video, its index first. */
  public static byte[] mp4() {
    return MP4.clone();
  }

  /** A second of PCM: 24 kHz, 16 bit, mono. */
  public static byte[] wav() {
    int bytes = 2 * 24_000;
    ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(36 + bytes).put(ascii("WAVEfmt ")).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(24_000).putInt(48_000);
    wav.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(bytes);
    for (int i = 0; i < bytes / 2; i++) {
      wav.putShort((short) (i * 31));
    }
    return wav.array();
  }

  /** Some frames of MPEG-1 layer III: 44.1 kHz, 128 kbit/s, each of 417 bytes. */
  public static byte[] mp3() {
    ByteBuffer mp3 = ByteBuffer.allocate(417 * 100);
    while (mp3.hasRemaining()) {
      mp3.putInt(0xfffb9000).position(mp3.position() + 413);
    }
    return mp3.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
