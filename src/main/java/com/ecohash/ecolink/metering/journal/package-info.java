/**
 * The journal that no crash empties, and the writer that drains it into the store. Owns the promise
 * that an exchange which reached a container leaves exactly one usage record.
 */
@NullMarked
package com.ecohash.ecolink.metering.journal;

import org.jspecify.annotations.NullMarked;
