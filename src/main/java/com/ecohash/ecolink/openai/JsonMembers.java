package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.Optional;

/**
 * A strict scan (RFC 8259) of a JSON object that arrives in pieces. It checks the whole grammar,
 * finds where the values of some top-level members stand, and keeps a bounded part of those; of
 * everything else it remembers nothing, and it builds no tree.
 *
 * <p>Whether strings are UTF-8 is checked in top-level names only. A byte order mark before the
 * object is accepted. One thread at a time.
 */
public final class JsonMembers {
  /** The nesting that a document may have unless told otherwise. */
  public static final int DEPTH_MAX_DEFAULT = 512;

  /** A top-level member to look for, and how many bytes of its value to keep. Make it once. */
  public static final class Watch {
    private final String name;
    private final byte[] nameBytes;
    private final int captureBytesMax;

    public Watch(String name, int captureBytesMax) {
      boolean plain = name.chars().allMatch(c -> c > ' ' && c < 0x7f);
      if (!plain || name.length() > MemberName.CHARS_MAX || captureBytesMax < 0) {
        throw new IllegalArgumentException("not a watch: " + name + ", " + captureBytesMax);
      }
      this.name = name;
      this.nameBytes = name.getBytes(US_ASCII);
      this.captureBytesMax = captureBytesMax;
    }

    String name() {
      return name;
    }

    byte[] nameBytes() {
      return nameBytes;
    }

    int captureBytesMax() {
      return captureBytesMax;
    }
  }

  private final MemberTracker tracker;
  private final JsonGrammar grammar;

  private final TextSample sample;

  public JsonMembers(int depthMax, List<Watch> watches) {
    this(depthMax, watches, 0);
  }

  /**
   * @param sampleBytesMax how much of the text outside the watched members is kept
   */
  public JsonMembers(int depthMax, List<Watch> watches, int sampleBytesMax) {
    sample = sampleBytesMax == 0 ? TextSample.NONE : new TextSample(sampleBytesMax);
    tracker = new MemberTracker(watches, sample);
    grammar = new JsonGrammar(new Nesting(depthMax), tracker);
  }

  /** Takes the next piece; false once the document is broken, when more of it is of no use. */
  public boolean feed(byte[] b, int off, int len) {
    return grammar.feed(b, off, len);
  }

  /** No more comes: what is wrong with the whole, if anything. */
  public Optional<JsonFault> finish() {
    return grammar.finish();
  }

  /** What is wrong so far. */
  public Optional<JsonFault> fault() {
    return grammar.fault();
  }

  /** The member's first occurrence, once its value has ended. */
  public Optional<JsonMember> member(String watchedName) {
    WatchedMembers watched = tracker.watched();
    return Optional.ofNullable(watched.first(watched.require(watchedName)));
  }

  /** Of what kind the member's first occurrence is, once its value has begun. */
  public Optional<JsonKind> kind(String watchedName) {
    WatchedMembers watched = tracker.watched();
    return Optional.ofNullable(watched.kind(watched.require(watchedName)));
  }

  /** How many values a watched array or object has directly in it, so far if it has not ended. */
  public int elements(String watchedName) {
    WatchedMembers watched = tracker.watched();
    return watched.elements(watched.require(watchedName));
  }

  /** How often the member has occurred, by whatever escapes its name was written. */
  public int count(String watchedName) {
    WatchedMembers watched = tracker.watched();
    return watched.count(watched.require(watchedName));
  }

  /**
   * How many numbers, negative ones apart, stand in arrays and objects outside the watched members.
   */
  public long innerNumbers() {
    return tracker.innerNumbers();
  }

  /**
   * Bytes of string values (escapes as written) outside the watched members, without those that are
   * no text: data URLs, long ones in base64.
   */
  public long textBytes() {
    return tracker.textBytes();
  }

  /** The beginning of the text that {@link #textBytes} counts. */
  public TextSample sample() {
    return sample;
  }

  public long fedBytes() {
    return grammar.fedBytes();
  }

  /** Makes it ready for another document. */
  public void reset() {
    tracker.clear();
    grammar.clear();
  }
}
