package com.ecohash.ecolink.openai;

/** Sees the content of a form's {@code file} as it passes, so that its audio can be measured. */
@FunctionalInterface
public interface FilePartListener {
  /**
   * The next bytes of the file, in order and without gaps. The array is the scan's or its caller's:
   * it is read only, and is reused once this returns.
   */
  void fileBytes(byte[] b, int off, int len);
}
