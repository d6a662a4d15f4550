/**
 * Accounts, people, sessions, keys and the audit log under {@code /api}: the wire forms of {@code
 * access}.
 */
@NullMarked
package com.ecohash.ecolink.console.people;

import org.jspecify.annotations.NullMarked;
