package com.ecohash.ecolink.openai;

import java.util.List;

/**
 * Follows a scan and notes what was asked for: where the watched members' values stand, and how
 * much text there is. The grammar tells it where names, strings and values begin and end; what is
 * open when a chunk ends it carries over.
 */
final class MemberTracker {
  private enum Open {
    NOTHING,
    MEMBER_NAME,
    INNER_NAME,
    STRING_VALUE
  }

  private final WatchedMembers watched;
  private final MemberName name = new MemberName();
  private final TextTally text;

  private Open open = Open.NOTHING;

  /** What to add to an index of the present chunk to make it a position in the document. */
  private long chunkBase;

  /** Where, in the present chunk, the open string's content and the watched value begin. */
  private int stringFrom;

  private int valueFrom;
  private boolean inWatchedValue;
  private long innerNumbers;

  MemberTracker(List<JsonMembers.Watch> watches, TextSample sample) {
    watched = new WatchedMembers(watches);
    text = new TextTally(sample);
  }

  void beginChunk(long base, int off) {
    chunkBase = base;
    stringFrom = off;
    valueFrom = off;
  }

  void endChunk(byte[] b, int end) {
    if (inWatchedValue) {
      watched.capture(b, valueFrom, end);
    } else if (open == Open.STRING_VALUE) {
      text.add(b, stringFrom, end);
    } else if (open == Open.MEMBER_NAME) {
      name.carry(b, stringFrom, end);
    }
  }

  /** The document is broken here: what is open will not end. */
  void breakOff() {
    if (!inWatchedValue && open == Open.STRING_VALUE) {
      text.drop();
    }
  }

  void beginName(int depth, int contentAt) {
    open = depth == 1 ? Open.MEMBER_NAME : Open.INNER_NAME;
    stringFrom = contentAt;
    name.clear();
  }

  void beginString(int contentAt) {
    open = Open.STRING_VALUE;
    stringFrom = contentAt;
    text.begin();
  }

  /** Whether the string that ends here is a value; else it was a name. */
  boolean endsValue() {
    return open == Open.STRING_VALUE;
  }

  void endString(byte[] b, int quoteAt) {
    open = Open.NOTHING;
    if (!inWatchedValue) {
      text.add(b, stringFrom, quoteAt);
      text.end();
    }
  }

  /** False if the name is no UTF-8. */
  boolean endName(byte[] b, int quoteAt) {
    if (open == Open.MEMBER_NAME) {
      int found = name.find(watched, b, stringFrom, quoteAt);
      if (found == MemberName.MALFORMED) {
        return false;
      }
      watched.select(found);
    }
    open = Open.NOTHING;
    return true;
  }

  void beginValue(int depth, byte first, int at) {
    if (depth == 2 && inWatchedValue) {
      watched.beginElement();
    } else if (depth == 1 && watched.isSelected()) {
      watched.begin(first, chunkBase + at);
      valueFrom = at;
      inWatchedValue = true;
    } else if (depth > 1 && !inWatchedValue && first >= '0' && first <= '9') {
      innerNumbers++;
    }
  }

  void endValue(int depth, byte[] b, int at) {
    if (inWatchedValue && depth == 1) {
      watched.capture(b, valueFrom, at);
      watched.end(chunkBase + at);
      inWatchedValue = false;
    }
  }

  boolean isInName() {
    return open == Open.MEMBER_NAME || open == Open.INNER_NAME;
  }

  WatchedMembers watched() {
    return watched;
  }

  long textBytes() {
    return text.bytes();
  }

  long innerNumbers() {
    return innerNumbers;
  }

  void clear() {
    watched.clear();
    innerNumbers = 0;
    text.clear();
    open = Open.NOTHING;
    inWatchedValue = false;
  }
}
