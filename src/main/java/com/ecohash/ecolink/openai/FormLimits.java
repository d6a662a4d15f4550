package com.ecohash.ecolink.openai;

/**
 * Limits of a form, beside that of the body as a whole.
 *
 * @param partsMax parts of one form
 * @param partHeaderBytesMax the header of one part; also what may stand before the first part, and
 *     what after the last
 * @param fieldBytesMax the value of a part that is no file; what routing depends on is held to less
 */
public record FormLimits(int partsMax, int partHeaderBytesMax, long fieldBytesMax) {
  static final String PARTS_KEY = "ecolink.limits.form-parts";
  static final String PART_HEADERS_KEY = "ecolink.limits.form-part-headers";
  static final String FIELD_KEY = "ecolink.limits.form-field";

  public FormLimits {
    if (partsMax < 1 || partHeaderBytesMax < 1 || fieldBytesMax < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
