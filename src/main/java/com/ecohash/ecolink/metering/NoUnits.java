package com.ecohash.ecolink.metering;

import org.jspecify.annotations.Nullable;

/** Counts nothing and lets everything pass: the custom path is paid by the GPU-hour. */
public final class NoUnits implements Meter {
  @Override
  public void begin(int status, @Nullable String contentType) {
    // whatever it is
  }

  @Override
  public void feed(byte[] bytes, int offset, int length, Sink out) {
    out.accept(bytes, offset, length);
  }

  @Override
  public void end(Sink out) {
    // nothing was held back
  }

  @Override
  public boolean brokenOff() {
    return true;
  }

  @Override
  public boolean beginsWithError() {
    return false;
  }

  @Override
  public boolean reportedError() {
    return false;
  }

  @Override
  public Units units() {
    return Units.NONE;
  }
}
