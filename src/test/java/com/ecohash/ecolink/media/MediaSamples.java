package com.ecohash.ecolink.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Every format in many variants, made by espeak-ng, sox and ffmpeg when first asked for and kept
 * for all tests of a run. How long each plays is what ffprobe says of it, where ffprobe knows.
 */
final class MediaSamples {
  private static final String SENTENCE =
      "The quick brown fox jumps over the lazy dog, and nobody counts the seconds.";

  private static final class Holder {
    private static final List<Sample> ALL = make();
  }

  private static final String SMALL = "small-";

  private final Tools tools;
  private final Map<String, ToDoubleFunction<String>> files = new LinkedHashMap<>();

  private MediaSamples(Path folder) {
    this.tools = new Tools(folder);
  }

  /** Those of some seconds, of which two in a hundred are more than a frame. */
  static List<Sample> whole() {
    return Holder.ALL.stream().filter(sample -> !sample.name().startsWith(SMALL)).toList();
  }

  static Sample named(String name) {
    return Holder.ALL.stream()
        .filter(sample -> sample.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Those of a few kilobytes, one or more of every format, to break in thousands of ways. */
  static List<Sample> small() {
    return Holder.ALL.stream().filter(sample -> sample.name().startsWith(SMALL)).toList();
  }

  private static List<Sample> make() {
    try {
      Path folder = Files.createTempDirectory("media");
      try {
        return new MediaSamples(folder).makeAll();
      } finally {
        try (Stream<Path> made = Files.list(folder)) {
          made.map(Path::toFile).forEach(file -> file.delete());
        }
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Sample> makeAll() {
    tools.run(List.of("espeak-ng", "-w", "speech.wav", SENTENCE));
    tools.run("sox -n -r 48000 -c 2 music.wav synth 3.3 pluck A3 synth 3.3 sine mix 300-900");
    tools.run("sox speech.wav short.wav trim 0.3 0.4");
    tools.run("ffmpeg -v error -f lavfi -i testsrc=d=2.6:s=160x120:r=25 -c:v libx264 video.mp4");
    wav();
    mp3();
    otherAudio();
    mp4();
    webm();
    small("wav mp3 opus ogg flac aac m4a webm mka");
    List<Sample> samples = new ArrayList<>();
    files.entrySet().parallelStream()
        .map(file -> sample(file.getKey(), file.getValue()))
        .forEachOrdered(samples::add);
    return List.copyOf(samples);
  }

  private void wav() {
    make(
        this::probed,
        "-i speech.wav -i music.wav",
        "-map 0 -c:a pcm_u8 -ar 8000 u8.wav",
        "-map 0 -c:a pcm_s16le -ar 24000 s16.wav",
        "-map 1 -c:a pcm_s24le s24.wav",
        "-map 1 -c:a pcm_s32le -ac 6 s32-surround.wav",
        "-map 1 -c:a pcm_f32le -ar 44100 f32.wav",
        "-map 0 -c:a pcm_alaw -ar 8000 alaw.wav",
        "-map 0 -c:a pcm_mulaw -ar 8000 mulaw.wav",
        "-map 1 -c:a adpcm_ms adpcm-ms.wav",
        "-map 1 -c:a adpcm_ima_wav adpcm-ima.wav",
        "-map 0 -rf64 always rf64.wav",
        "-map 0 -metadata title=said -metadata comment=chunks-before-data list.wav");
    tools.run("sox speech.wav -e floating-point -b 64 -r 16k sox-f64.wav");
    judge(this::probed, "speech.wav", "music.wav", "sox-f64.wav");
    // Streamed: a writer that cannot go back leaves lengths that are not true.
    tools.write("ffmpeg-pipe.wav", tools.run("ffmpeg -v error -i music.wav -f wav pipe:1"));
    tools.write("sox-pipe.wav", tools.run("sox --ignore-length speech.wav -t wav -"));
    tools.write("espeak-pipe.wav", tools.run(List.of("espeak-ng", "--stdout", SENTENCE)));
    byte[] zeros = tools.read("speech.wav");
    Arrays.fill(zeros, 4, 8, (byte) 0);
    Arrays.fill(zeros, 40, 44, (byte) 0);
    tools.write("zero-length.wav", zeros);
    judge(this::decoded, "ffmpeg-pipe.wav", "sox-pipe.wav", "espeak-pipe.wav");
    files.put("zero-length.wav", this::probed);
    tools.write("after.wav", join(tools.read("speech.wav"), chunk("LIST", 501)));
    judge(this::probed, "after.wav");
  }

  private void mp3() {
    make(
        this::probed,
        "-i speech.wav -i music.wav",
        "-map 1 -b:a 320k -ar 44100 cbr320.mp3",
        "-map 1 -b:a 64k -ar 32000 cbr64.mp3",
        "-map 0 -b:a 8k -ar 8000 cbr8.mp3",
        "-map 0 -b:a 16k -ar 11025 cbr16.mp3",
        "-map 0 -b:a 24k -ar 16000 -id3v2_version 4 -write_id3v1 1 -metadata title=T tags.mp3",
        "-map 1 -q:a 0 vbr0.mp3",
        "-map 0 -q:a 5 -ar 24000 vbr5.mp3",
        "-map 0 -q:a 9 -ac 2 vbr9.mp3",
        "-map 1 -b:a 96k -abr 1 abr.mp3",
        "-map 0 -b:a 32k -ar 12000 -reservoir 0 cbr32.mp3");
    make(
        this::decoded,
        "-i speech.wav -i music.wav",
        "-map 0 -q:a 9 -write_xing 0 vbr9-bare.mp3",
        "-map 1 -q:a 2 -write_xing 0 vbr2-bare.mp3",
        "-map 1 -b:a 128k -write_xing 0 -id3v2_version 0 cbr128-bare.mp3",
        "-map 1 -c:a mp2 -b:a 192k layer2.mp2");
    byte[] xing = tools.read("vbr0.mp3");
    byte[] bare = tools.read("vbr9-bare.mp3");
    tools.write("picture.mp3", join(id3WithPicture(700_000), tools.read("cbr64.mp3")));
    tools.write(
        "vbri.mp3", join(vbri(tools.read("cbr128-bare.mp3")), tools.read("cbr128-bare.mp3")));
    tools.write("several.mp3", join(bare, xing, id3WithPicture(3000), bare));
    judge(this::probed, "picture.mp3");
    // ffmpeg loses frames at the seams.
    files.put("several.mp3", name -> 2 * decoded("vbr9-bare.mp3") + probed("vbr0.mp3"));
    judge(name -> decoded("cbr128-bare.mp3"), "vbri.mp3");
  }

  private void otherAudio() {
    make(
        this::probed,
        "-i speech.wav -i music.wav",
        "-map 0 -c:a libopus -b:a 12k -application voip voice.opus",
        "-map 1 -c:a libopus -b:a 96k music.opus",
        "-map 0 -c:a libopus -frame_duration 60 -page_duration 5000000 long-pages.opus",
        "-map 1 -c:a libopus -frame_duration 2.5 short-frames.opus",
        "-map 0 -c:a libvorbis -ar 8000 -q:a 0 vorbis8.ogg",
        "-map 1 -c:a libvorbis vorbis48.ogg",
        "-map 0 -c:a flac flac.ogg",
        "-map 0 -c:a libspeex -ar 16000 speex.ogg",
        "-map 0 -c:a flac -ar 8000 flac8.flac",
        "-map 1 -c:a flac -ar 96000 -sample_fmt s32 flac96.flac",
        "-map 1 -c:a flac -frame_size 576 short-blocks.flac");
    tools.run("sox music.wav -r 44100 sox.flac");
    judge(this::probed, "sox.flac");
    // No length in STREAMINFO: the writer could not go back.
    tools.write("pipe.flac", tools.run("ffmpeg -v error -i music.wav -f flac pipe:1"));
    tools.write("chained.ogg", join(tools.read("voice.opus"), tools.read("vorbis48.ogg")));
    tools.write("tagged.flac", join(id3WithPicture(2000), tools.read("flac8.flac")));
    judge(this::decoded, "pipe.flac", "tagged.flac");
    // ffmpeg goes on to the next link of a chain only if the codec stays.
    files.put("chained.ogg", name -> probed("voice.opus") + probed("vorbis48.ogg"));
    make(
        this::decoded,
        "-i speech.wav -i music.wav",
        "-map 0 -c:a aac -b:a 24k -ar 8000 aac8.aac",
        "-map 0 -c:a aac -ar 22050 -write_id3v2 1 -metadata title=T aac22.aac",
        "-map 1 -c:a aac -b:a 128k aac48.aac",
        "-map 1 -c:a aac -ac 6 -ar 96000 surround.aac");
  }

  private void mp4() {
    make(
        this::probed,
        "-i speech.wav -i music.wav -i video.mp4",
        "-map 0 -c:a aac last.m4a",
        "-map 0 -c:a aac -ar 8000 priming.m4a",
        "-map 1 -c:a aac -movflags +faststart first.m4a",
        "-map 1 -c:a alac alac.m4a",
        "-map 1 -c:a aac -movflags empty_moov -frag_duration 500000 fragments.m4a",
        "-map 0 -c:a aac -movflags dash+global_sidx -frag_duration 700000 dash.m4a",
        "-map 2 -c copy only-video.mp4",
        "-map 2 -map 1 -c:v copy -c:a aac last.mp4",
        "-map 2 -map 1 -c:v copy -c:a aac -movflags +faststart first.mp4",
        "-map 2 -map 0 -c:v copy -c:a aac -movflags frag_keyframe keyframes.mp4",
        "-map 2 -map 0 -c:v libx264 -g 10 -c:a aac -movflags empty_moov+frag_keyframe+default_base_moof live.mp4",
        "-map 2 -map 0 -c:v mpeg4 -c:a aac -movflags empty_moov+separate_moof+omit_tfhd_offset -frag_duration 300000 separate.mp4",
        "-map 2 -map 1 -c:v copy -c:a aac quicktime.mov",
        "-map 2 -map 1 -c:v copy -c:a pcm_s16le pcm.mov");
    tools.write(
        "pipe.mp4",
        tools.run(
            "ffmpeg -v error -i video.mp4 -c copy -f mp4 -movflags empty_moov+frag_keyframe pipe:1"));
    judge(this::probed, "pipe.mp4");
  }

  private void webm() {
    make(
        this::probed,
        "-i speech.wav -i music.wav -i video.mp4",
        "-map 0 -c:a libopus opus.webm",
        "-map 1 -c:a libvorbis vorbis.webm",
        "-map 2 -map 1 -c:v libvpx -deadline realtime -c:a libopus video.webm",
        "-map 2 -c:v libvpx -deadline realtime -cluster_time_limit 200 clusters.webm",
        "-map 2 -map 0 -c:v copy -c:a aac x264.mkv",
        "-map 1 -c:a flac flac.mka",
        "-map 1 -c:a pcm_s16le pcm.mka");
    // As a browser's MediaRecorder writes: no duration, clusters and segment of unknown size.
    live("live-opus.webm", "-i speech.wav -c:a libopus -live 1 -f webm", this::decoded);
    live("pipe-opus.webm", "-i music.wav -c:a libopus -f webm", this::decoded);
    live(
        "live-video.webm",
        "-i video.mp4 -i speech.wav -c:v libvpx -deadline realtime -c:a libopus -live 1 -f webm",
        this::packets);
    live("pipe.mkv", "-i video.mp4 -c copy -f matroska", this::packets);
  }

  private void live(String name, String options, ToDoubleFunction<String> judge) {
    tools.write(name, tools.run("ffmpeg -v error " + options + " pipe:1"));
    judge(judge, name);
  }

  private void small(String suffixes) {
    List<String> names =
        Stream.of(suffixes.split(" ")).map(suffix -> SMALL + "x." + suffix).toList();
    make(this::decoded, "-i short.wav", names.toArray(String[]::new));
    make(
        this::decoded,
        "-i short.wav",
        "-c:a aac -movflags empty_moov -frag_duration 100000 small-fragments.mp4",
        "-c:a aac -movflags +faststart small-first.mp4",
        "-c:a libopus -live 1 -f webm small-live.webm",
        "-q:a 9 -write_xing 0 small-bare.mp3",
        "-c:a flac -frame_size 576 small-blocks.flac",
        "-c:a pcm_mulaw -ar 8000 -rf64 always small-64.wav");
  }

  /** One process makes all; a name is the last word of its options. */
  private void make(ToDoubleFunction<String> judge, String inputs, String... outputs) {
    tools.ffmpeg(inputs, List.of(outputs));
    for (String output : outputs) {
      judge(judge, output.substring(output.lastIndexOf(' ') + 1));
    }
  }

  private void judge(ToDoubleFunction<String> judge, String... names) {
    for (String name : names) {
      files.put(name, judge);
    }
  }

  private Sample sample(String name, ToDoubleFunction<String> judge) {
    return new Sample(name, tools.read(name), judge.applyAsDouble(name));
  }

  /** ffprobe's duration of the container. */
  private double probed(String name) {
    String entries = "ffprobe -v error -show_entries format=duration -of csv=p=0 ";
    return Double.parseDouble(tools.text(entries + name));
  }

  /**
   * The samples that ffmpeg decodes. ffprobe has nothing but an estimate from the first bit rate
   * for MP3 without a Xing header and for ADTS, which is far off where the bit rate varies, and
   * nothing at all for live WebM.
   */
  private double decoded(String name) {
    String decode = "ffmpeg -v quiet -i " + name + " -map 0:a -f s16le -ac 1 -ar 48000 pipe:1";
    return tools.run(decode).length / 96_000.0;
  }

  /** The end of the last packet, for video without a duration. */
  private double packets(String name) {
    String entries =
        "ffprobe -v error -show_entries packet=pts_time,duration_time -of csv=p=0:nokey=1 ";
    return tools
        .text(entries + name)
        .lines()
        .filter(line -> line.matches("[0-9.]+,[0-9.]+.*"))
        .map(line -> line.split(","))
        .mapToDouble(times -> Double.parseDouble(times[0]) + Double.parseDouble(times[1]))
        .max()
        .orElseThrow();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  /** A tag whose picture is full of what looks like the beginning of MPEG frames. */
  private static byte[] id3WithPicture(int bytes) {
    byte[] tag = new byte[10 + bytes];
    new Random(bytes).nextBytes(tag);
    for (int at = 10; at + 4 < tag.length; at += 50) {
      tag[at] = -1;
      tag[at + 1] = (byte) 0xfb;
      tag[at + 2] = (byte) 0x90;
    }
    System.arraycopy("ID3\4\0\0".getBytes(StandardCharsets.ISO_8859_1), 0, tag, 0, 6);
    for (int i = 0; i < 4; i++) {
      tag[6 + i] = (byte) (bytes >>> 7 * (3 - i) & 0x7f);
    }
    return tag;
  }

  /** A frame like the file's first, with a VBRI header that promises a million frames. */
  private static byte[] vbri(byte[] mp3) {
    FrameHead head = new FrameHead();
    head.read(mp3, 0);
    byte[] frame = new byte[head.bytes()];
    System.arraycopy(mp3, 0, frame, 0, 4);
    System.arraycopy("VBRI".getBytes(StandardCharsets.ISO_8859_1), 0, frame, 36, 4);
    frame[36 + 14] = 15;
    return frame;
  }

  private static byte[] chunk(String id, int size) {
    byte[] chunk = new byte[8 + size + (size & 1)];
    System.arraycopy(id.getBytes(StandardCharsets.ISO_8859_1), 0, chunk, 0, 4);
    chunk[4] = (byte) size;
    chunk[5] = (byte) (size >>> 8);
    return chunk;
  }
}
