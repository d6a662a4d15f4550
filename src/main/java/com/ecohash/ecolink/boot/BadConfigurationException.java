package com.ecohash.ecolink.boot;

/** The configuration cannot be: a sentence for whoever wrote it. */
final class BadConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadConfigurationException(String sentence) {
    super(sentence);
  }
}
