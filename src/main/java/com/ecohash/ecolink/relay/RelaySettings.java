package com.ecohash.ecolink.relay;

import java.time.Duration;

/**
 * Limits of the relay.
 *
 * @param heldAnswerBytesMax of a failed region's answer that is kept in case all others fail too
 * @param keepAlive after so much silence an event stream gets a comment; zero for never
 */
public record RelaySettings(int heldAnswerBytesMax, Duration keepAlive) {}
