/**
 * The built archive on both servers: what starts it, what tests see of it, and the tests that every
 * server must pass. Tests here only talk to it as clients do.
 */
@NullMarked
package com.ecohash.ecolink.container;

import org.jspecify.annotations.NullMarked;
