package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.openai.AnswerScan;
import java.util.Locale;
import java.util.Set;

/** How far a job is, by the words that containers use for it. */
public enum JobState {
  /**
   * No job is named and no state, nor an error: as the answer to a request this is the video
   * itself, in whatever words; as an answer about a job it tells nothing.
   */
  UNSAID,
  WORKING,
  COMPLETED,
  FAILED;

  private static final Set<String> COMPLETED_WORDS =
      Set.of("completed", "complete", "succeeded", "success", "done", "finished", "ready");
  private static final Set<String> FAILED_WORDS =
      Set.of("failed", "failure", "error", "cancelled", "canceled", "expired", "rejected");

  /** Whether nothing more will come of the job. */
  public boolean isEnd() {
    return this == COMPLETED || this == FAILED;
  }

  /**
   * The state in a job's object. One without a {@code status} is completed once it has {@code
   * data}; any word that is not known is one for a job under way.
   */
  static JobState of(AnswerScan answer) {
    String word = answer.text("status").orElse("").toLowerCase(Locale.ROOT);
    if (COMPLETED_WORDS.contains(word) || (word.isEmpty() && answer.items() > 0)) {
      return COMPLETED;
    }
    if (FAILED_WORDS.contains(word)) {
      return FAILED;
    }
    boolean saysNothing =
        !answer.isBroken() && !answer.has("status") && !answer.has("id") && !answer.has("error");
    return saysNothing ? UNSAID : WORKING;
  }
}
