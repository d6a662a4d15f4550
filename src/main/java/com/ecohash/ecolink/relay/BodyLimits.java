package com.ecohash.ecolink.relay;

/**
 * How much of a request's body is taken, and where to.
 *
 * @param bodyBytesMax more is refused with 413
 * @param limitKey the configuration key that the refusal names
 * @param memoryBytesMax more goes to a file
 * @param spool where such files go
 */
public record BodyLimits(long bodyBytesMax, String limitKey, int memoryBytesMax, Spool spool) {}
