/**
 * The check of a container: does it answer as the gateway and OpenAI's clients need it to? Owns the
 * questions and what each finding advises. Asks over the same judged connections as exchanges, is
 * never metered, and takes what a container says as data.
 */
@NullMarked
package com.ecohash.ecolink.conformance;

import org.jspecify.annotations.NullMarked;
