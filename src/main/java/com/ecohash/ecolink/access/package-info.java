/**
 * Who calls, and what they may: API keys, accounts, users and their roles, and how many requests a
 * key may make. Owns the form of a key and the immutable directory by which the data plane finds
 * one. Keeps no key, only its SHA-256.
 */
@NullMarked
package com.ecohash.ecolink.access;

import org.jspecify.annotations.NullMarked;
