package com.ecohash.ecolink.openai;

/**
 * What follows {@code --boundary} on its line, byte by byte: it is a delimiter only if the line
 * ends there, or after two more hyphens.
 */
final class DelimiterEnd {
  enum Verdict {
    NOT_YET,
    /** A part begins. */
    PART,
    /** There is no more part. */
    LAST,
    /** Another text that begins alike. */
    OTHER,
    /** Something that is a delimiter to some readers and none to others. */
    DISPUTED
  }

  private enum Seen {
    NOTHING,
    HYPHEN,
    PADDING,
    RETURN
  }

  private Seen seen = Seen.NOTHING;
  private boolean paddingAllowed;

  void begin(boolean allowPadding) {
    seen = Seen.NOTHING;
    paddingAllowed = allowPadding;
  }

  Verdict next(byte c) {
    return switch (seen) {
      case NOTHING -> c == '-' ? then(Seen.HYPHEN) : blank(c, Verdict.OTHER);
      case HYPHEN -> c == '-' ? Verdict.LAST : Verdict.OTHER;
      case PADDING -> blank(c, Verdict.DISPUTED);
      case RETURN -> c == '\n' ? Verdict.PART : Verdict.DISPUTED;
    };
  }

  /** One hyphen was seen that turned out to belong to the content. */
  boolean sawHyphen() {
    return seen == Seen.HYPHEN;
  }

  private Verdict blank(byte c, Verdict otherwise) {
    return switch (c) {
      case '\r' -> then(Seen.RETURN);
      case ' ', '\t' -> paddingAllowed ? then(Seen.PADDING) : Verdict.DISPUTED;
      case '\n' -> Verdict.DISPUTED;
      default -> otherwise;
    };
  }

  private Verdict then(Seen next) {
    seen = next;
    return Verdict.NOT_YET;
  }
}
