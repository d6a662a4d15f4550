package com.ecohash.ecolink.web;

/**
 * How large a JSON body may be.
 *
 * @param key of the configuration that sets the limit, named in the refusal
 */
public record JsonLimits(int bodyBytesMax, String key) {
  public JsonLimits {
    if (bodyBytesMax < 1) {
      throw new IllegalArgumentException("a body has at least one byte: " + bodyBytesMax);
    }
  }
}
