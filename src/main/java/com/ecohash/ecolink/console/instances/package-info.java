/**
 * Instances, models and regions under {@code /api}, and what a launch is checked for before it is
 * one.
 */
@NullMarked
package com.ecohash.ecolink.console.instances;

import org.jspecify.annotations.NullMarked;
