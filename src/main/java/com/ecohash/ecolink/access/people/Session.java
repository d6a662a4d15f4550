package com.ecohash.ecolink.access.people;

import com.ecohash.ecolink.ids.SessionId;
import java.time.Instant;

/**
 * A browser in which somebody is signed in, with the user as they are now.
 *
 * @param expiresAt when it ends at the latest, however busy it is
 */
public record Session(SessionId id, User user, Instant expiresAt) {}
