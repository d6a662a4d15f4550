package com.ecohash.ecolink.browser;

import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;

/** What somebody looks at the console on. */
enum Screen {
  PHONE_LIGHT(360, 740, ColorScheme.LIGHT),
  PHONE_DARK(360, 740, ColorScheme.DARK),
  DESK_LIGHT(1280, 860, ColorScheme.LIGHT),
  DESK_DARK(1280, 860, ColorScheme.DARK);

  private final int width;
  private final int height;
  private final ColorScheme scheme;

  Screen(int width, int height, ColorScheme scheme) {
    this.width = width;
    this.height = height;
    this.scheme = scheme;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  ColorScheme scheme() {
    return scheme;
  }

  /** For files: {@code phone-light}. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
