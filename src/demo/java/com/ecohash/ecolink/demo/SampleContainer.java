package com.ecohash.ecolink.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A sample of an OpenAI-compatible container: no model, but an honest protocol. It says where it
 * runs and repeats what it was told, word by word, and counts words as tokens. It streams, reports
 * usage, and answers {@code /health} and {@code /v1/models}.
 */
final class SampleContainer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long WORD_MILLIS = 60;
  private static final String MODEL = "sample-llama";

  private final HttpServer server;
  private final String region;

  private SampleContainer(HttpServer server, String region) {
    this.server = server;
    this.region = region;
  }

  static SampleContainer start(String region) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    SampleContainer container = new SampleContainer(server, region);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "sample-" + region);
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/health", exchange -> send(exchange, 200, JSON.createObjectNode()));
    server.createContext("/v1/models", exchange -> send(exchange, 200, models()));
    server.createContext("/v1/chat/completions", container::chat);
    server.start();
    return container;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static ObjectNode models() {
    ObjectNode models = JSON.createObjectNode().put("object", "list");
    models.putArray("data").addObject().put("id", MODEL).put("object", "model");
    return models;
  }

  private void chat(HttpExchange exchange) throws IOException {
    JsonNode request;
    try {
      request = JSON.readTree(exchange.getRequestBody());
    } catch (IOException e) {
      send(exchange, 400, error("The body is not JSON."));
      return;
    }
    JsonNode messages = request.path("messages");
    if (!messages.isArray() || messages.isEmpty()) {
      send(exchange, 400, error("`messages` must be a list with at least one message."));
      return;
    }
    int promptWords = 0;
    for (JsonNode message : messages) {
      promptWords += words(message.path("content").asText()).size();
    }
    String said = messages.get(messages.size() - 1).path("content").asText();
    List<String> reply = words("This is the sample container in " + region + ". You said: " + said);
    String model = request.path("model").asText(MODEL);
    if (request.path("stream").asBoolean(false)) {
      boolean usage = request.path("stream_options").path("include_usage").asBoolean(false);
      stream(exchange, model, reply, promptWords, usage);
    } else {
      send(exchange, 200, completion(model, reply, promptWords));
    }
  }

  private static ObjectNode completion(String model, List<String> reply, int promptWords) {
    ObjectNode answer = head(model, "chat.completion");
    ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", String.join(" ", reply));
    choice.put("finish_reason", "stop");
    answer.set("usage", usage(promptWords, reply.size()));
    return answer;
  }

  private static void stream(
      HttpExchange exchange, String model, List<String> reply, int promptWords, boolean usage)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (String word : reply) {
        TimeUnit.MILLISECONDS.sleep(WORD_MILLIS);
        event(out, delta(model, word + " ", false));
      }
      event(out, delta(model, "", true));
      if (usage) {
        ObjectNode last = head(model, "chat.completion.chunk");
        last.putArray("choices");
        last.set("usage", usage(promptWords, reply.size()));
        event(out, last);
      }
      out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ObjectNode delta(String model, String content, boolean last) {
    ObjectNode chunk = head(model, "chat.completion.chunk");
    ArrayNode choices = chunk.putArray("choices");
    ObjectNode choice = choices.addObject().put("index", 0);
    ObjectNode delta = choice.putObject("delta");
    if (!last) {
      delta.put("content", content);
    }
    choice.put("finish_reason", last ? "stop" : null);
    return chunk;
  }

  private static ObjectNode head(String model, String object) {
    return JSON.createObjectNode()
        .put("id", "chatcmpl-sample")
        .put("object", object)
        .put("created", System.currentTimeMillis() / 1000)
        .put("model", model);
  }

  private static ObjectNode usage(int prompt, int completion) {
    return JSON.createObjectNode()
        .put("prompt_tokens", prompt)
        .put("completion_tokens", completion)
        .put("total_tokens", prompt + completion);
  }

  private static ObjectNode error(String message) {
    ObjectNode error = JSON.createObjectNode();
    error.putObject("error").put("message", message).put("type", "invalid_request_error");
    return error;
  }

  private static List<String> words(String text) {
    return List.of(text.trim().split("\\s+", -1));
  }

  private static void event(OutputStream out, ObjectNode data) throws IOException {
    out.write(("data: " + JSON.writeValueAsString(data) + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
