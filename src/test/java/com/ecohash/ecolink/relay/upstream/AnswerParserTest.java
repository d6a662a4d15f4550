package com.ecohash.ecolink.relay.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerParserTest {
  private static final String CHUNKED =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: b\r\n\r\n"
          + "5\r\nhello\r\n1;ext=\"1\"\r\n \r\n6\r\nworld!\r\n0\r\nTrailer: t\r\n\r\n";

  /** Remembers what it is told. */
  private static final class Told implements AnswerParser.Handler {
    private final List<AnswerHead> heads = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int ends;

    @Override
    public void head(AnswerHead head) {
      heads.add(head);
    }

    @Override
    public void body(byte[] bytes, int offset, int length) {
      body.write(bytes, offset, length);
    }

    @Override
    public void end() {
      ends++;
    }
  }

  private final Told told = new Told();
  private final AnswerParser parser = new AnswerParser(told, 1024);

  private void feed(String text) throws MalformedAnswer {
    byte[] bytes = text.getBytes(ISO_8859_1);
    parser.feed(bytes, 0, bytes.length);
  }

  @Property(tries = 300)
  void findsTheSameWhereverTheBytesAreCut(
      @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 140) Integer> cuts)
      throws MalformedAnswer {
    Told cut = new Told();
    AnswerParser other = new AnswerParser(cut, 1024);
    byte[] bytes = ("HTTP/1.1 100 Continue\r\n\r\n" + CHUNKED).getBytes(ISO_8859_1);
    int from = 0;
    for (int to : cuts.stream().sorted().filter(at -> at < bytes.length).toList()) {
      other.feed(bytes, from, to - from);
      from = to;
    }
    other.feed(bytes, from, bytes.length - from);

    assertThat(cut.heads).hasSize(1);
    assertThat(cut.heads.get(0).first("x-a")).isEqualTo("b");
    assertThat(cut.body.toString(ISO_8859_1)).isEqualTo("hello world!");
    assertThat(cut.ends).isEqualTo(1);
    assertThat(other.isReusable()).isTrue();
  }

  @Test
  void endsABodyOfKnownLength() throws MalformedAnswer {
    feed("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab");
    assertThat(parser.isEnded()).isFalse();
    feed("c");
    assertThat(parser.isEnded()).isTrue();
    assertThat(parser.isReusable()).isTrue();
  }

  @Test
  void endsABodyOfUnknownLengthWithTheConnection() throws MalformedAnswer {
    feed("HTTP/1.1 200 OK\r\n\r\nabc");
    assertThat(parser.isEnded()).isFalse();
    assertThat(parser.closed()).isTrue();
    assertThat(parser.isReusable()).isFalse();
  }

  @Test
  void isNotWholeWhenTheConnectionEndsWithinTheLength() throws MalformedAnswer {
    feed("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc");
    assertThat(parser.closed()).isFalse();
  }

  @Test
  void doesNotReuseAConnectionThatSaysClose() throws MalformedAnswer {
    feed("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    assertThat(parser.isEnded()).isTrue();
    assertThat(parser.isReusable()).isFalse();
  }

  @Test
  void doesNotReuseAConnectionThatSaysMoreThanItsAnswer() throws MalformedAnswer {
    feed("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabc");
    assertThat(told.body.toString(ISO_8859_1)).isEqualTo("a");
    assertThat(parser.isReusable()).isFalse();
  }

  @Test
  void hasNoBodyInAnswerToHead() throws MalformedAnswer {
    parser.expect(true);
    feed("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n");
    assertThat(parser.isEnded()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "HTTP/1.1 2x0 OK\r\n\r\n",
        "HTTP/2.0 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\n folded: value\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloworld\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
      })
  void refusesWhatTwoPartiesCouldReadDifferently(String answer) {
    assertThatThrownBy(() -> feed(answer)).isInstanceOf(MalformedAnswer.class);
  }

  @Test
  void refusesAHeadOverTheLimit() {
    String field = "X-Long: " + "x".repeat(600) + "\r\n";
    assertThatThrownBy(
            () -> {
              feed("HTTP/1.1 200 OK\r\n" + field);
              feed(field);
              feed(field + "\r\n");
            })
        .isInstanceOf(MalformedAnswer.class);
  }
}
