package com.ecohash.ecolink.metering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.openai.RequestScan;
import com.ecohash.ecolink.openai.ScannedRequest;
import com.ecohash.ecolink.testing.SampleMedia;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** States, lengths and units of videos, in the words of many containers. */
class VideoMeterTest {
  private static final String JSON = "application/json";
  private static final int HELD_BYTES_MAX = 64;
  private static final Duration ASKED = Duration.ofSeconds(4);

  private final VideoMeter meter =
      new VideoMeter(Optional.of(ASKED), UnaryOperator.identity(), HELD_BYTES_MAX);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private void feed(String contentType, byte[] answer) {
    meter.begin(200, contentType);
    for (int i = 0; i < answer.length; i += 7) {
      meter.feed(answer, i, Math.min(7, answer.length - i), out::write);
    }
  }

  private void whole(String contentType, String answer) {
    feed(contentType, answer.getBytes(UTF_8));
    meter.end(out::write);
  }

  private JobState state(String answer) {
    whole(JSON, answer);
    return meter.answer().orElseThrow().state();
  }

  private static Units seconds(long seconds, UnitsSource source) {
    return Units.NONE.withDuration(Duration.ofSeconds(seconds), source);
  }

  // ---- states -----------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"id\":\"a\",\"status\":\"queued\"} | WORKING",
        "{\"id\":\"a\",\"status\":\"IN_PROGRESS\"} | WORKING",
        "{\"id\":\"a\",\"status\":null} | WORKING",
        "{\"id\":\"a\",\"status\":{\"code\":1}} | WORKING",
        "{\"id\":\"a\"} | WORKING",
        "{\"id\":7} | WORKING",
        "{\"error\":{\"message\":\"busy\"}} | WORKING",
        "{\"status\":\"Completed\"} | COMPLETED",
        "{\"status\":\"succeeded\",\"data\":[]} | COMPLETED",
        "{\"data\":[{\"url\":\"u\"}]} | COMPLETED",
        "{\"id\":\"a\",\"data\":[]} | WORKING",
        "{\"status\":\"failed\",\"data\":[{}]} | FAILED",
        "{\"status\":\"cancelled\"} | FAILED",
        "{\"video_url\":\"u\"} | UNSAID",
        "{\"video\":\"AAAA\",\"error\":null,\"id\":null} | UNSAID",
        "{\"video\":\"AAAA\",\"eta\":NaN} | WORKING",
        "[] | WORKING",
      })
  void readsTheStateOfAJob(String answer, JobState state) {
    assertThat(state(answer)).isEqualTo(state);
  }

  // ---- units ------------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"{\"video_url\":\"u\"}", "{\"video\":\"AAAA\",\"error\":null}"})
  void billsTheAskedLengthOfAVideoThatComesInOtherWords(String answer) {
    whole(JSON, answer);

    assertThat(meter.units()).isEqualTo(seconds(4, UnitsSource.ESTIMATED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"a\",\"status\":\"queued\",\"seconds\":4}",
        "{\"id\":\"a\"}",
        "{\"error\":\"no\"}",
        "{\"status\":\"failed\"}"
      })
  void billsNothingBeforeThereIsAVideo(String answer) {
    whole(JSON, answer);

    assertThat(meter.units()).isEqualTo(Units.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":[{}],\"seconds\":\"6\"}",
        "{\"data\":[{}],\"duration_seconds\":6.0}",
        "{\"video_url\":\"u\",\"usage\":{\"seconds\":6},\"seconds\":9}"
      })
  void takesTheLengthThatIsReported(String answer) {
    whole(JSON, answer);

    assertThat(meter.units()).isEqualTo(seconds(6, UnitsSource.REPORTED));
  }

  @Test
  void measuresTheVideoItself() {
    feed("application/octet-stream", SampleMedia.mp4());

    Units measured = Units.NONE.withDuration(Duration.ofMillis(2_500), UnitsSource.MEASURED);
    assertThat(meter.units()).isEqualTo(measured);
    assertThat(meter.answer().orElseThrow().units(Optional.empty())).isEqualTo(measured);
    assertThat(out.toByteArray()).isEqualTo(SampleMedia.mp4());
  }

  @Test
  void readsJsonThatIsCalledSomethingElse() {
    whole("text/plain", " \n{\"id\":\"a\",\"status\":\"queued\"}");

    assertThat(meter.answer().orElseThrow().id()).contains("a");
    assertThat(meter.units()).isEqualTo(Units.NONE);
  }

  @ParameterizedTest
  @CsvSource({"200,text/html", "206,video/mp4", "304,video/mp4", "404,application/json"})
  void seesNoAnswerAboutAVideoIn(int status, String contentType) {
    meter.begin(status, contentType);
    meter.feed("<html></html>".getBytes(UTF_8), 0, 13, out::write);
    meter.end(out::write);

    assertThat(meter.answer()).isEmpty();
    assertThat(out.toString(UTF_8)).isEqualTo("<html></html>");
  }

  // ---- what is held back ------------------------------------------------------------------------

  @Test
  void holdsAShortAnswerBackUntilItIsWhole() {
    String answer = "{\"id\":\"a\",\"status\":\"queued\"}";
    feed(JSON, answer.getBytes(UTF_8));
    assertThat(out.size()).isZero();

    meter.end(out::write);
    assertThat(out.toString(UTF_8)).isEqualTo(answer);
  }

  @Test
  void holdsTheLastByteOfALongOneBack() {
    String answer = "{\"id\":\"a\",\"prompt\":\"%s\"}".formatted("x".repeat(HELD_BYTES_MAX));
    feed(JSON, answer.getBytes(UTF_8));
    assertThat(out.toString(UTF_8)).isEqualTo(answer.substring(0, answer.length() - 1));

    meter.end(out::write);
    assertThat(out.toString(UTF_8)).isEqualTo(answer);
  }

  // ---- what was asked for -----------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"seconds\":5} | 5000",
        "{\"seconds\":\"5\"} | 5000",
        "{\"duration_seconds\":\"2.5\"} | 2500",
        "{\"duration\":3} | 3000",
        "{\"seconds\":5,\"n\":3} | 15000",
        "{\"seconds\":5,\"n\":\"2\"} | 10000",
        "{\"seconds\":5,\"n\":0} | 5000",
        "{\"num_frames\":49,\"fps\":8} | 6125",
        "{\"frames\":\"50\",\"fps\":\"25\",\"n\":2} | 4000",
        "{\"num_frames\":10,\"fps\":3} | 3333",
        "{\"num_frames\":48,\"fps\":0} | -1",
        "{\"num_frames\":48} | -1",
        "{\"seconds\":-1} | -1",
        "{\"seconds\":\"five\"} | -1",
        "{\"seconds\":1e12} | -1",
        "{} | -1",
      })
  void readsTheLengthThatARequestAsksFor(String members, long millis) {
    assertThat(VideoLength.asked(scanned(members)))
        .isEqualTo(millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis)));
  }

  private static ScannedRequest scanned(String members) {
    String request =
        "{\"model\":\"m:1\"" + (members.equals("{}") ? "}" : "," + members.substring(1));
    RequestScan scan = new RequestScan(Meters.form(Category.VIDEO), 64);
    byte[] bytes = request.getBytes(UTF_8);
    scan.feed(bytes, 0, bytes.length);
    return scan.finish();
  }
}
