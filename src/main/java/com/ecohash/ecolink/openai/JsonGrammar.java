package com.ecohash.ecolink.openai;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of RFC 8259 for one object, as a machine that can stop after any byte: no recursion,
 * nothing kept but the state and a bit per open object or array. It tells a {@link MemberTracker}
 * where names, strings and values begin and end. Most bytes stand in strings, which {@link
 * ByteSearch} passes over.
 */
final class JsonGrammar {
  // Plain numbers, not an enum: a switch over them is a jump, and there is one per token.
  private static final int START = 0;
  private static final int MARK_SECOND_BYTE = 1;
  private static final int MARK_THIRD_BYTE = 2;
  private static final int ROOT = 3;
  private static final int FIRST_NAME = 4;
  private static final int NAME = 5;
  private static final int COLON = 6;
  private static final int FIRST_ELEMENT = 7;
  private static final int VALUE = 8;
  private static final int AFTER_VALUE = 9;
  private static final int END = 10;

  /** From here on a token is open, in which white space is not skipped. */
  private static final int STRING = 11;

  private static final int ESCAPE = 12;
  private static final int HEX = 13;
  private static final int NUMBER = 14;
  private static final int LITERAL = 15;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  /** Leaves the loop over a chunk: the document is broken. */
  private static final int STOP = Integer.MAX_VALUE;

  private final Nesting nesting;
  private final MemberTracker tracker;

  private int state = START;
  private int hexDigitsLeft;
  private int numberState;
  private byte[] literal = NULL;
  private int literalAt;
  private long fedBytes;
  private long chunkBase;
  private @Nullable JsonFault fault;

  JsonGrammar(Nesting nesting, MemberTracker tracker) {
    this.nesting = nesting;
    this.tracker = tracker;
  }

  /** False once the document is broken. */
  boolean feed(byte[] b, int off, int len) {
    if (fault != null) {
      return false;
    }
    chunkBase = fedBytes - off;
    tracker.beginChunk(chunkBase, off);
    int end = off + len;
    int at = off;
    while (at < end) {
      at = step(b, at, end);
    }
    fedBytes += len;
    if (at == STOP) {
      tracker.breakOff();
      return false;
    }
    tracker.endChunk(b, end);
    return true;
  }

  Optional<JsonFault> finish() {
    if (fault == null && state != END) {
      fault =
          state == START || state == ROOT
              ? new JsonFault(JsonFault.Reason.EMPTY, fedBytes, "nothing")
              : new JsonFault(JsonFault.Reason.TRUNCATED, fedBytes, "in the middle of " + open());
    }
    return fault();
  }

  Optional<JsonFault> fault() {
    return Optional.ofNullable(fault);
  }

  long fedBytes() {
    return fedBytes;
  }

  void clear() {
    nesting.clear();
    state = START;
    fault = null;
    fedBytes = 0;
  }

  private int step(byte[] b, int at, int end) {
    return switch (state) {
      case STRING -> string(b, at, end);
      case ESCAPE -> escape(b[at], at);
      case HEX -> hex(b, at, end);
      case NUMBER -> number(b, at, end);
      case LITERAL -> literal(b, at, end);
      case START -> start(b[at], at);
      case MARK_SECOND_BYTE -> mark(b[at], at, 0xBB, MARK_THIRD_BYTE);
      case MARK_THIRD_BYTE -> mark(b[at], at, 0xBF, ROOT);
      default -> structure(b, at, end);
    };
  }

  private int start(byte c, int at) {
    boolean marked = c == (byte) 0xEF;
    state = marked ? MARK_SECOND_BYTE : ROOT;
    return marked ? at + 1 : at;
  }

  private int mark(byte c, int at, int expected, int then) {
    state = then;
    return c == (byte) expected ? at + 1 : unexpected(c, at);
  }

  private int structure(byte[] b, int from, int end) {
    int at = from;
    while (at < end && state < STRING) {
      byte c = b[at];
      if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
        at++;
      } else {
        at = structure(c, b, at);
      }
    }
    return at;
  }

  private int structure(byte c, byte[] b, int at) {
    return switch (state) {
      case COLON -> c == ':' ? to(VALUE, at) : unexpected(c, at);
      case AFTER_VALUE -> afterValue(c, b, at);
      case VALUE -> value(c, at);
      case NAME -> name(c, at);
      case FIRST_NAME -> c == '}' ? close(b, at) : name(c, at);
      case FIRST_ELEMENT -> c == ']' ? close(b, at) : value(c, at);
      case ROOT -> root(c, at);
      default -> unexpected(c, at);
    };
  }

  private int to(int next, int at) {
    state = next;
    return at + 1;
  }

  private int root(byte c, int at) {
    if (c == '{') {
      return open(true, at);
    }
    boolean otherValue = "[\"-0123456789tfn".indexOf(c) >= 0;
    return otherValue
        ? fail(JsonFault.Reason.NOT_AN_OBJECT, at, "it begins with '" + (char) c + "'")
        : unexpected(c, at);
  }

  private int name(byte c, int at) {
    if (c != '"') {
      return unexpected(c, at);
    }
    tracker.beginName(nesting.depth(), at + 1);
    return to(STRING, at);
  }

  private int value(byte c, int at) {
    tracker.beginValue(nesting.depth(), c, at);
    return switch (c) {
      case '"' -> {
        tracker.beginString(at + 1);
        yield to(STRING, at);
      }
      case '{' -> open(true, at);
      case '[' -> open(false, at);
      case 't' -> literal(TRUE, at);
      case 'f' -> literal(FALSE, at);
      case 'n' -> literal(NULL, at);
      default -> number(c, at);
    };
  }

  private int open(boolean object, int at) {
    return nesting.open(object)
        ? to(object ? FIRST_NAME : FIRST_ELEMENT, at)
        : fail(JsonFault.Reason.TOO_DEEP, at, "nested deeper than " + nesting.depthMax());
  }

  private int afterValue(byte c, byte[] b, int at) {
    boolean inObject = nesting.inObject();
    if (c == ',') {
      return to(inObject ? NAME : VALUE, at);
    }
    return c == (inObject ? '}' : ']') ? close(b, at) : unexpected(c, at);
  }

  private int close(byte[] b, int at) {
    nesting.close();
    if (nesting.depth() == 0) {
      return to(END, at);
    }
    endValue(b, at + 1);
    return at + 1;
  }

  private void endValue(byte[] b, int at) {
    state = AFTER_VALUE;
    tracker.endValue(nesting.depth(), b, at);
  }

  private int string(byte[] b, int from, int end) {
    int at = ByteSearch.stringStop(b, from, end);
    if (at == end) {
      return end;
    }
    byte c = b[at];
    if (c == '"') {
      return endString(b, at);
    }
    return c == '\\' ? to(ESCAPE, at) : unexpected(c, at);
  }

  private int endString(byte[] b, int at) {
    if (tracker.endsValue()) {
      tracker.endString(b, at);
      endValue(b, at + 1);
      return at + 1;
    }
    return tracker.endName(b, at)
        ? to(COLON, at)
        : fail(JsonFault.Reason.NOT_JSON, at, "a name that is not UTF-8 ends");
  }

  private int escape(byte c, int at) {
    if (c == 'u') {
      hexDigitsLeft = 4;
      return to(HEX, at);
    }
    return ByteSearch.isShortEscape(c) ? to(STRING, at) : unexpected(c, at);
  }

  private int hex(byte[] b, int from, int end) {
    int at = from;
    for (; at < end && hexDigitsLeft > 0; at++, hexDigitsLeft--) {
      if (Character.digit(b[at], 16) < 0) {
        return unexpected(b[at], at);
      }
    }
    if (hexDigitsLeft == 0) {
      state = STRING;
    }
    return at;
  }

  private int number(byte first, int at) {
    numberState = JsonNumber.next(JsonNumber.START, first);
    return numberState == JsonNumber.OVER ? unexpected(first, at) : to(NUMBER, at);
  }

  private int number(byte[] b, int from, int end) {
    for (int at = from; at < end; at++) {
      int next = JsonNumber.next(numberState, b[at]);
      if (next == JsonNumber.OVER) {
        if (!JsonNumber.isComplete(numberState)) {
          return unexpected(b[at], at);
        }
        endValue(b, at);
        return at;
      }
      numberState = next;
    }
    return end;
  }

  private int literal(byte[] expected, int at) {
    literal = expected;
    literalAt = 1;
    return to(LITERAL, at);
  }

  private int literal(byte[] b, int from, int end) {
    int at = from;
    for (; at < end && literalAt < literal.length; at++, literalAt++) {
      if (b[at] != literal[literalAt]) {
        return unexpected(b[at], at);
      }
    }
    if (literalAt == literal.length) {
      endValue(b, at);
    }
    return at;
  }

  private String open() {
    return switch (state) {
      case STRING, ESCAPE, HEX -> tracker.isInName() ? "a name" : "a string";
      case NUMBER -> "a number";
      case LITERAL -> "a literal";
      case MARK_SECOND_BYTE, MARK_THIRD_BYTE -> "a byte order mark";
      default -> nesting.inObject() ? "an object" : "an array";
    };
  }

  private int unexpected(byte c, int at) {
    fault = JsonFault.unexpected(c, chunkBase + at);
    return STOP;
  }

  private int fail(JsonFault.Reason reason, int at, String detail) {
    fault = new JsonFault(reason, chunkBase + at, detail);
    return STOP;
  }
}
