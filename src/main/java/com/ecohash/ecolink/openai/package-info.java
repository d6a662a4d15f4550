/**
 * The wire contract with OpenAI's clients and with containers: how {@code model} names an instance,
 * where a request's bytes change, what a streamed answer's events say, how usage and errors look.
 *
 * <p>It owns every reading and writing of that JSON, and the reading of forms. It does no I/O and
 * decides nothing: bytes are pushed in, facts and byte ranges come out, and one exchange uses its
 * scanners from one thread at a time.
 */
@NullMarked
package com.ecohash.ecolink.openai;

import org.jspecify.annotations.NullMarked;
