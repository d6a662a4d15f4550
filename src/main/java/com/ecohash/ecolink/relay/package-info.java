/**
 * Moves the bytes of one exchange: takes the request's body in, calls one replica after the other
 * until one answers, and passes the answer on as it arrives. Owns the rule that nothing is tried
 * again once the client holds a byte. Does not know what an answer costs: a tap sees the bytes
 * pass.
 */
@NullMarked
package com.ecohash.ecolink.relay;

import org.jspecify.annotations.NullMarked;
