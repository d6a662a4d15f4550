/**
 * The custom path's bytes: any method, streamed both ways at once and held nowhere, over HTTP/1.1
 * or HTTP/2 without TLS, trailers included. Owns the rule which of these exchanges may be sent a
 * second time, and the ways in which a gRPC call ends. Reads nothing of what passes.
 */
@NullMarked
package com.ecohash.ecolink.relay.custom;

import org.jspecify.annotations.NullMarked;
