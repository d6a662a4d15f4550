package com.ecohash.ecolink.relay;

/** A container's answer to a call of the gateway's own, whole. */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record SmallAnswer(int status, byte[] body) {}
