/**
 * Who did what: events as they happen, entries as they are kept. Owns the list of actions. Entries
 * are only ever added.
 */
@NullMarked
package com.ecohash.ecolink.access.audit;

import org.jspecify.annotations.NullMarked;
