package com.ecohash.ecolink.api;

import com.ecohash.ecolink.relay.BodyLimits;

/**
 * Limits of the unified API.
 *
 * @param json how much of a JSON body is taken
 * @param jsonDepthMax how deep a JSON body may nest
 * @param eventBytesMax of one server-sent event that is held to be looked at; a longer one passes
 *     unread
 */
public record UnifiedSettings(BodyLimits json, int jsonDepthMax, int eventBytesMax) {}
