package com.ecohash.ecolink.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Writes the answer that a behaviour asks for. */
final class ChatAnswers {
  static final int PROMPT_TOKENS = 42;
  private static final Duration BETWEEN_SEGMENTS = Duration.ofMillis(20);
  private static final String STREAM_HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final HttpIo io;
  private final ReceivedRequest request;

  ChatAnswers(HttpIo io, ReceivedRequest request) {
    this.io = io;
    this.request = request;
  }

  /**
   * @return whether the connection goes on
   */
  boolean give(Behaviour behaviour) throws IOException {
    if (behaviour instanceof Behaviour.Answer answer) {
      good(answer);
      return true;
    } else if (behaviour instanceof Behaviour.AnswerThenClose answer) {
      good(Behaviour.Answer.of(answer.tokens()));
      return false;
    } else if (behaviour instanceof Behaviour.Status status) {
      io.writeAnswer(status.code(), "application/json", status.body());
      return true;
    } else if (behaviour instanceof Behaviour.By by) {
      return give(by.rule().apply(request));
    } else if (behaviour instanceof Behaviour.Events stream) {
      events(stream);
      return true;
    } else if (behaviour instanceof Behaviour.Content content) {
      io.write(
          "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(content.type(), content.body().length));
      io.write(content.body());
      return true;
    } else if (behaviour instanceof Behaviour.Raw raw) {
      io.write(raw.bytes());
      if (!raw.thenClose()) {
        io.awaitEnd();
      }
      return false;
    } else if (behaviour instanceof Behaviour.Early early) {
      io.write(early.answer());
      return false;
    } else if (behaviour instanceof Behaviour.Pieces pieces) {
      pieces(pieces);
      return false;
    } else if (behaviour instanceof Behaviour.Ticking ticking) {
      io.write(ticking.head());
      while (true) { // until a write fails
        io.write(ticking.piece());
        pause(ticking.gap());
      }
    } else if (behaviour instanceof Behaviour.CloseAfterBytes cut) {
      closeAfter(cut.bytes());
      return false;
    } else if (behaviour instanceof Behaviour.Stall) {
      io.awaitEnd();
      return false;
    } else if (behaviour instanceof Behaviour.RefuseStreamOptions refusing) {
      if (request.text().contains("stream_options")) {
        io.writeAnswer(400, "application/json", "{\"error\":\"stream_options is unknown\"}");
      } else {
        good(Behaviour.Answer.of(refusing.tokens()));
      }
      return true;
    } else if (behaviour instanceof Behaviour.Flood flood) {
      flood(flood.bytes());
      return true;
    }
    return false; // CloseBeforeHeaders
  }

  private void pieces(Behaviour.Pieces answer) throws IOException {
    for (byte[] piece : answer.pieces()) {
      io.write(piece);
      pause(BETWEEN_SEGMENTS);
    }
    switch (answer.then()) {
      case CLOSE -> {} // as every connection does that does not go on
      case RESET -> io.reset();
      case SILENCE -> io.awaitEnd();
    }
  }

  private void good(Behaviour.Answer answer) throws IOException {
    if (!isStreamed()) {
      pause(answer.gap());
      io.writeAnswer(200, "application/json", object(answer));
      return;
    }
    io.write(STREAM_HEAD);
    for (int i = 0; i < answer.tokens(); i++) {
      pause(answer.gap());
      io.writeChunk(event(i));
    }
    if (answer.usage() && request.text().contains("\"include_usage\"")) {
      io.writeChunk("data: {\"choices\":[],\"usage\":" + usage(answer.tokens()) + "}\n\n");
    }
    io.writeChunk("data: [DONE]\n\n");
    io.writeLastChunk();
  }

  private void events(Behaviour.Events stream) throws IOException {
    io.write(STREAM_HEAD);
    for (String data : stream.data()) {
      pause(stream.gap());
      io.writeChunk("data: " + data + "\n\n");
    }
    io.writeLastChunk();
  }

  private boolean isStreamed() {
    return request.text().replace(" ", "").contains("\"stream\":true");
  }

  private void closeAfter(int bytes) throws IOException {
    StringBuilder events = new StringBuilder();
    for (int i = 0; events.length() < bytes; i++) {
      events.append(event(i));
    }
    io.write(STREAM_HEAD);
    io.writeChunk(events.substring(0, bytes));
  }

  private void flood(long bytes) throws IOException {
    byte[] block = new byte[64 * 1024];
    io.write(
        "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: "
            + bytes
            + "\r\n\r\n");
    for (long left = bytes; left > 0; left -= block.length) {
      io.write(left >= block.length ? block : new byte[(int) left]);
    }
  }

  static String event(int number) {
    return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
        + "\"model\":\"my-llama\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"tok"
        + number
        + " \"},\"finish_reason\":null}]}\n\n";
  }

  private static String object(Behaviour.Answer answer) {
    return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1700000000,"
        + "\"model\":\"my-llama\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
        + "\"content\":\"Hello there\"},\"finish_reason\":\"stop\"}]"
        + (answer.usage() ? ",\"usage\":" + usage(answer.tokens()) : "")
        + "}";
  }

  private static String usage(int tokens) {
    return "{\"prompt_tokens\":"
        + PROMPT_TOKENS
        + ",\"completion_tokens\":"
        + tokens
        + ",\"total_tokens\":"
        + (PROMPT_TOKENS + tokens)
        + "}";
  }

  /** An engine takes its time; this is no test waiting for something to have happened. */
  private static void pause(Duration gap) {
    long until = System.nanoTime() + gap.toNanos();
    for (long left = gap.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
