package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartCompliance;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** A form as Jetty's own parser reads it. */
final class JettyForm {
  record Part(String name, String content) {}

  private JettyForm() {}

  /** Empty if Jetty refuses the form. */
  static Optional<List<Part>> read(String boundary, byte[] body) {
    Listener listener = new Listener();
    MultiPart.Parser parser = new MultiPart.Parser(boundary, MultiPartCompliance.RFC7578, listener);
    parser.parse(Content.Chunk.from(ByteBuffer.wrap(body), true));
    return listener.complete && !listener.failed ? Optional.of(listener.parts) : Optional.empty();
  }

  private static final class Listener extends MultiPart.AbstractPartsListener {
    private final List<Part> parts = new ArrayList<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private boolean complete;
    private boolean failed;

    @Override
    public void onPartContent(Content.Chunk chunk) {
      ByteBuffer bytes = chunk.getByteBuffer().slice();
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      content.writeBytes(copy);
    }

    @Override
    public void onPart(@Nullable String name, @Nullable String fileName, HttpFields headers) {
      parts.add(new Part(name == null ? "" : name, content.toString(ISO_8859_1)));
      content.reset();
    }

    @Override
    public void onComplete() {
      complete = true;
    }

    @Override
    public void onFailure(Throwable failure) {
      failed = true;
    }
  }
}
