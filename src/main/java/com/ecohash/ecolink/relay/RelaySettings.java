package com.ecohash.ecolink.relay;

/**
 * Limits of the relay.
 *
 * @param heldAnswerBytesMax of a failed region's answer that is kept in case all others fail too
 */
public record RelaySettings(int heldAnswerBytesMax) {}
