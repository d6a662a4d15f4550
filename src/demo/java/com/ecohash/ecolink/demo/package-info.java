/**
 * The demonstration: two sample containers in two made-up regions, a gateway in front of them, and
 * what to type next. None of it is part of the product's archive.
 */
@NullMarked
package com.ecohash.ecolink.demo;

import org.jspecify.annotations.NullMarked;
