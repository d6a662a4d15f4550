/**
 * The management API's edge: the resources under {@code /api}, who may call them, and the checks of
 * what they are told. Owns the wire forms of that API; keeps nothing itself, and has no rule that a
 * script could get around by another way in.
 */
@NullMarked
package com.ecohash.ecolink.console;

import org.jspecify.annotations.NullMarked;
