/**
 * People: users of an account, how they prove who they are, their sessions, and invitations. Owns
 * the rules of signing in: what is counted, who waits, how long. Keeps no password and no token,
 * only hashes of them.
 */
@NullMarked
package com.ecohash.ecolink.access.people;

import org.jspecify.annotations.NullMarked;
