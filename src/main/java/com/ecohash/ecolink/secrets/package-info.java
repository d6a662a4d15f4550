/**
 * Encryption of what the gateway has to store and must be able to read again: credentials of
 * containers. Owns the keys and the form of what is stored. Passwords and API keys are hashed
 * elsewhere, as nobody needs to read them.
 */
@NullMarked
package com.ecohash.ecolink.secrets;

import org.jspecify.annotations.NullMarked;
