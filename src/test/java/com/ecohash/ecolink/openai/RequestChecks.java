package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.openai.RequestReference.Read;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What must hold of {@link RequestScan} and its edits, whatever it is fed. */
final class RequestChecks {
  /** Longer bodies meet limits that the reference does not have. */
  static final int BODY_BYTES_MAX = 4000;

  private static final String NEW_MODEL = "mein \"Llama\" 😀";

  private RequestChecks() {}

  static void check(byte[] body) {
    AnswerChecks.checkPieces(body);
    String whole = outcome(body, body.length);
    for (int pieceMax : new int[] {1, 2, 9, 40}) {
      assertThat(outcome(body, pieceMax)).as("pieces").isEqualTo(whole);
    }
    // What is no Unicode within names and strings is for the container to judge: Jackson refuses
    // it.
    boolean unicode =
        JsonText.utf8(body, 0, body.length)
            .filter(text -> !RequestReference.hasHalfPair(text))
            .isPresent();
    if (body.length <= BODY_BYTES_MAX && unicode) {
      AnswerChecks.checkAgainstJackson(body);
      Optional<Read> expected = RequestReference.read(body);
      assertThat(!whole.startsWith("refused"))
          .as(() -> whole + ": " + new String(body, UTF_8))
          .isEqualTo(expected.isPresent());
      expected.ifPresent(read -> checkEdits(body, read));
    }
  }

  private static String outcome(byte[] body, int pieceMax) {
    try {
      ScannedRequest scanned = scan(body, pieceMax);
      StringBuilder seen = new StringBuilder("taken: ").append(scanned.model());
      seen.append(scanned.streaming()).append(scanned.clientAskedForUsage());
      seen.append(scanned.totalBytes()).append(' ').append(scanned.textBytes());
      seen.append(scanned.sample().text());
      for (Edit edit : scanned.edits(NEW_MODEL, true)) {
        seen.append(' ').append(edit.offset()).append('-').append(edit.removedBytes());
        seen.append(new String(edit.inserted(), UTF_8));
      }
      return seen.toString();
    } catch (ApiException refusal) {
      assertThat(refusal.type().status()).isEqualTo(400);
      return "refused: " + refusal.getMessage();
    }
  }

  private static ScannedRequest scan(byte[] body, int pieceMax) {
    RequestScan scan = new RequestScan(RequestScan.Form.CHAT, RequestReference.DEPTH_MAX);
    Random random = new Random(pieceMax);
    for (int at = 0; at < body.length; ) {
      int length = pieceMax >= body.length ? body.length : 1 + random.nextInt(pieceMax);
      length = Math.min(length, body.length - at);
      byte[] piece = new byte[length + 4];
      System.arraycopy(body, at, piece, 1, length);
      boolean goesOn = scan.feed(piece, 1, length);
      Arrays.fill(piece, (byte) '#'); // what is kept must have been copied
      if (!goesOn) {
        break;
      }
      at += length;
    }
    return scan.finish();
  }

  private static void checkEdits(byte[] body, Read read) {
    ScannedRequest scanned = scan(body, 7);
    assertThat(scanned.model()).isEqualTo(read.model());
    assertThat(scanned.streaming()).isEqualTo(read.streaming());
    assertThat(scanned.clientAskedForUsage()).isEqualTo(read.streaming() && !read.usageAdded());
    assertThat(scanned.totalBytes()).isEqualTo(body.length);
    for (boolean addUsage : new boolean[] {false, true}) {
      List<Edit> edits = scanned.edits(NEW_MODEL, addUsage);
      byte[] edited = Edit.apply(edits, body);
      assertThat(Edit.lengthAfter(edits, body.length)).isEqualTo(edited.length);
      assertOnlyEdited(body, edits, edited);
      try {
        assertThat(RequestReference.object(edited))
            .contains(RequestReference.edited(read, NEW_MODEL, addUsage));
      } catch (IOException e) {
        throw new AssertionError("broken by the edits: " + new String(edited, UTF_8), e);
      }
    }
  }

  /** Put together without {@link Edit#apply}. */
  private static void assertOnlyEdited(byte[] body, List<Edit> edits, byte[] edited) {
    int from = 0;
    int to = 0;
    for (Edit edit : edits) {
      int kept = (int) edit.offset() - from;
      assertThat(kept).isNotNegative();
      assertThat(Arrays.equals(body, from, from + kept, edited, to, to + kept)).isTrue();
      from += kept + (int) edit.removedBytes();
      to += kept + edit.inserted().length;
    }
    assertThat(Arrays.equals(body, from, body.length, edited, to, edited.length)).isTrue();
  }
}
