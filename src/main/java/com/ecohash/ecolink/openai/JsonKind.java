package com.ecohash.ecolink.openai;

/** The kind of a JSON value. */
public enum JsonKind {
  STRING,
  NUMBER,
  OBJECT,
  ARRAY,
  TRUE,
  FALSE,
  NULL;

  /** The kind of the value whose first byte this is, in a well-formed document. */
  static JsonKind startingWith(byte first) {
    return switch (first) {
      case '"' -> STRING;
      case '{' -> OBJECT;
      case '[' -> ARRAY;
      case 't' -> TRUE;
      case 'f' -> FALSE;
      case 'n' -> NULL;
      default -> NUMBER;
    };
  }
}
