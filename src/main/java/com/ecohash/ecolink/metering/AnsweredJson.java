package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.openai.AnswerScan;
import com.ecohash.ecolink.openai.ChatEvents;
import java.util.Optional;

/**
 * What has been read of an answer: of an event stream, or of one JSON object; of neither before an
 * answer has begun.
 */
record AnsweredJson(Optional<ChatEvents> events, Optional<AnswerScan> whole) {}
