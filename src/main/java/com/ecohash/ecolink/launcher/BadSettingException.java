package com.ecohash.ecolink.launcher;

/** A setting that cannot be used. Its message is one sentence for the person who wrote it. */
final class BadSettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadSettingException(String message) {
    super(message);
  }
}
