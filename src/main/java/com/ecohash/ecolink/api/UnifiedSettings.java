package com.ecohash.ecolink.api;

import com.ecohash.ecolink.openai.FormLimits;
import com.ecohash.ecolink.relay.BodyLimits;

/**
 * Limits of the unified API.
 *
 * @param json how much of a JSON body is taken
 * @param jsonDepthMax how deep a JSON body may nest
 * @param upload how much of a transcription's form is taken
 */
public record UnifiedSettings(
    BodyLimits json, int jsonDepthMax, BodyLimits upload, FormLimits form) {}
