package com.ecohash.ecolink.conformance;

import com.ecohash.ecolink.relay.Observed;

/** Whether a container complains in the form that OpenAI's clients read. */
final class ErrorChecks {
  private static final String UNKNOWN = "ecolink-check-there-is-no-such-model";

  private final Questions questions;
  private final String path;

  ErrorChecks(Questions questions, String path) {
    this.questions = questions;
    this.path = path;
  }

  Finding malformed() {
    return judged(
        "error_for_bad_json", "a body that is no JSON", questions.post(path, "{\"model\":"));
  }

  Finding unknownModel() {
    Observed seen =
        questions.post(
            path,
            "{\"model\":\""
                + UNKNOWN
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"1\"}],\"max_tokens\":1}");
    if (Answers.isOk(seen)) {
      return Finding.warning(
          "error_for_unknown_model",
          "The container takes any name for its model.",
          "Nothing has to be done: the gateway sends the instance's name alone. With llama.cpp and"
              + " TGI it is always so.");
    }
    return judged("error_for_unknown_model", "a model that it does not have", seen);
  }

  private Finding judged(String check, String cause, Observed seen) {
    if (seen.status() == 0) {
      return Finding.warning(
          check,
          "To " + cause + " there was no answer: " + Words.ending(seen) + ".",
          Advice.ERRORS);
    }
    if (seen.status() < 400 || seen.status() > 499) {
      return Finding.warning(
          check, "To " + cause + " it answers HTTP " + seen.status() + ", not 4xx.", Advice.ERRORS);
    }
    return Answers.isOpenAiError(seen)
        ? Finding.passed(
            check, "To " + cause + " it answers HTTP " + seen.status() + " in OpenAI's form.")
        : Finding.warning(
            check,
            "To "
                + cause
                + " it answers HTTP "
                + seen.status()
                + ", but not in OpenAI's form: "
                + Words.quoted(Answers.complaint(seen), questions.instance().upstreamKey()),
            Advice.ERRORS);
  }
}
