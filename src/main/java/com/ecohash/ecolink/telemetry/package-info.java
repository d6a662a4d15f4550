/**
 * What is told about the gateway to those who run it: health, metrics, the access log. Owns the
 * endpoints and the formats; listens to the other rooms and changes nothing in them.
 */
@NullMarked
package com.ecohash.ecolink.telemetry;

import org.jspecify.annotations.NullMarked;
