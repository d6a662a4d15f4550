package com.ecohash.ecolink.gateway;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A chat that LangChain4j streams, to its end or only to its third piece. */
final class StreamedChat implements StreamingChatResponseHandler {
  private final List<String> pieces = new CopyOnWriteArrayList<>();
  private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
  private final int piecesMax;

  private StreamedChat(int piecesMax) {
    this.piecesMax = piecesMax;
  }

  static StreamedChat of(StreamingChatModel model, String message) {
    StreamedChat chat = new StreamedChat(Integer.MAX_VALUE);
    model.chat(message, chat);
    return chat;
  }

  static StreamedChat leaving(StreamingChatModel model, String message) {
    StreamedChat chat = new StreamedChat(3);
    model.chat(message, chat);
    return chat;
  }

  @Override
  public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
    pieces.add(piece.text());
    if (pieces.size() == piecesMax) {
      context.streamingHandle().cancel();
    }
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    whole.complete(response);
  }

  @Override
  public void onError(Throwable error) {
    whole.completeExceptionally(error);
  }

  boolean isDone() {
    return whole.isDone();
  }

  List<String> pieces() {
    return pieces;
  }

  /** Fails with the error that the stream ended with, if it did. */
  ChatResponse whole() {
    return whole.join();
  }

  Optional<Throwable> error() {
    return whole.isCompletedExceptionally()
        ? Optional.of(whole.handle((response, error) -> error).join())
        : Optional.empty();
  }
}
