package com.ecohash.ecolink.boot;

import com.ecohash.ecolink.conformance.CheckSettings;

/** The limits of container checks, as they are configured. */
final class CheckSetup {
  /** No more is read of an answer to a check's question. */
  static final int ANSWER_BYTES_MAX = 1 << 20;

  private CheckSetup() {}

  static CheckSettings settings(Configuration configuration) {
    return new CheckSettings(
        configuration.duration(Setting.CHECK_CALL),
        configuration.duration(Setting.CHECK_MAX),
        configuration.number(Setting.CHECK_AT_ONCE, 1, 1_000),
        Setting.CHECK_AT_ONCE.key(),
        configuration.isOn(Setting.CHECK_ON_LAUNCH));
  }
}
