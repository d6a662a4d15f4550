/**
 * The application as a whole: reads the configuration, starts the rooms in their order, wires them,
 * drains and stops them, and answers where no room does. May know every room; none knows it.
 */
@NullMarked
package com.ecohash.ecolink.boot;

import org.jspecify.annotations.NullMarked;
