/** A large world of bills in PostgreSQL, and how fast its pages and the journal's drain are. */
@NullMarked
package com.ecohash.ecolink.bench;

import org.jspecify.annotations.NullMarked;
