/**
 * The built archive as a process of its own: what happens to it, and what other people's clients
 * make of it.
 */
@NullMarked
package com.ecohash.ecolink.gateway;

import org.jspecify.annotations.NullMarked;
