/**
 * The management API's edge: who may call what is under {@code /api}, pages and positions of lists,
 * the audit of what was done, and the API's document; the resources are in the rooms within, by
 * what they are about. Owns the wire forms of that API; keeps nothing itself, and has no rule that
 * a script could get around by another way in.
 */
@NullMarked
package com.ecohash.ecolink.console;

import org.jspecify.annotations.NullMarked;
