package com.ecohash.ecolink.relay.upstream;

/**
 * Hears of one call: a head, body pieces, then an end; or, at any point, a failure, after which
 * nothing comes. Called by one thread at a time, which carries other calls as well: a listener
 * never blocks.
 */
public interface CallListener {
  /** The answer's head; 1xx heads are not told. */
  void onHead(AnswerHead head);

  /** A piece of the body. The array is reused after the call. */
  void onBody(byte[] bytes, int offset, int length);

  /** All that has come is told, and nothing more lies ready: the moment to pass it on. */
  void onPause();

  /** The answer is whole. */
  void onEnd();

  void onFailure(Failure failure);

  /**
   * Nothing has come for a while; told every quarter of a second or so.
   *
   * @param silentNanos since the last byte
   */
  void onSilence(long silentNanos);
}
