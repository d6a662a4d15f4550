package com.ecohash.ecolink.metering.journal;

/** The journal cannot be opened or written; the message says which file, and what to do. */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public JournalException(String message) {
    super(message);
  }

  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
