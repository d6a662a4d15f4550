package com.ecohash.ecolink.openai;

/** The number grammar of RFC 8259, section 6, as a table: one step a byte. */
final class JsonNumber {
  static final int START = -2;
  private static final int AFTER_MINUS = 0;
  private static final int ZERO = 1;
  private static final int INTEGER = 2;
  private static final int AFTER_POINT = 3;
  private static final int FRACTION = 4;
  private static final int AFTER_E = 5;
  private static final int AFTER_SIGN = 6;
  private static final int EXPONENT = 7;

  /** The byte belongs to no number in this state: the number is over, or broken. */
  static final int OVER = -1;

  private JsonNumber() {}

  static int next(int state, byte c) {
    if (c >= '0' && c <= '9') {
      return digit(state, c);
    }
    return switch (c) {
      case '.' -> state == ZERO || state == INTEGER ? AFTER_POINT : OVER;
      case 'e', 'E' -> state == ZERO || state == INTEGER || state == FRACTION ? AFTER_E : OVER;
      case '-' -> state == START ? AFTER_MINUS : sign(state);
      case '+' -> sign(state);
      default -> OVER;
    };
  }

  private static int sign(int state) {
    return state == AFTER_E ? AFTER_SIGN : OVER;
  }

  private static int digit(int state, byte c) {
    return switch (state) {
      case INTEGER, FRACTION, EXPONENT -> state;
      case START, AFTER_MINUS -> c == '0' ? ZERO : INTEGER;
      case AFTER_POINT -> FRACTION;
      case AFTER_E, AFTER_SIGN -> EXPONENT;
      default -> OVER;
    };
  }

  static boolean isComplete(int state) {
    return state == ZERO || state == INTEGER || state == FRACTION || state == EXPONENT;
  }
}
