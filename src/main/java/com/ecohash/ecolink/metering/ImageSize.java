package com.ecohash.ecolink.metering;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How large an image is, in pixels: {@code 1024x1024}, as OpenAI's {@code size} has it. */
public record ImageSize(int width, int height) {
  private static final Pattern FORM =
      Pattern.compile("\\s*0{0,10}([1-9]\\d{0,4})\\s*[xX]\\s*0{0,10}([1-9]\\d{0,4})\\s*");

  /**
   * Reads a size, also as a container may read it that is not strict about blanks and zeros: they
   * make no other size of it. Empty for anything else, {@code auto} among it.
   */
  public static Optional<ImageSize> parse(String text) {
    Matcher size = FORM.matcher(text);
    return size.matches()
        ? Optional.of(
            new ImageSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
