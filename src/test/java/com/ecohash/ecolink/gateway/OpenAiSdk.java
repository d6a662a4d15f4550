package com.ecohash.ecolink.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponse;

/** OpenAI's Java SDK as its users set it up for a gateway: another base URL, another key. */
final class OpenAiSdk {
  private OpenAiSdk() {}

  /** It tries nothing twice, so that each call is one exchange. */
  static OpenAIClient client(SixEndpoints gateway, String key) {
    return OpenAIOkHttpClient.builder().baseUrl(gateway.url()).apiKey(key).maxRetries(0).build();
  }

  /** The receipt of an answer, by what the SDK takes for the request's id: {@code x-request-id}. */
  static JsonNode receipt(SixEndpoints gateway, HttpResponse answer) {
    return gateway.tenant().receipt(answer.requestId().orElseThrow());
  }
}
