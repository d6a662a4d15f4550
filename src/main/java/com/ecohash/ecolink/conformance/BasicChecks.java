package com.ecohash.ecolink.conformance;

import com.ecohash.ecolink.relay.Observed;
import com.ecohash.ecolink.routing.HealthProbe;
import com.ecohash.ecolink.routing.ProbeResult;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What every container owes: health, a list of its models, and a door that is locked. */
final class BasicChecks {
  private static final String MODELS = "/v1/models";
  private static final int SHOWN_MAX = 5;

  private BasicChecks() {}

  static Finding health(Questions questions, HealthProbe probe) {
    ProbeResult result = probed(questions, probe);
    String path = questions.instance().healthPath().orElse("a connection");
    if (result.up()) {
      return Finding.passed("health", "The health check of " + path + ": " + result.detail() + ".");
    }
    boolean answered = result.detail().startsWith("HTTP");
    return Finding.failed(
        "health",
        "The health check of " + path + " fails: " + result.detail() + ".",
        answered ? Advice.HEALTH : Advice.REACHABLE);
  }

  private static ProbeResult probed(Questions questions, HealthProbe probe) {
    CompletableFuture<ProbeResult> answer =
        probe.check(questions.instance(), questions.replica()).toCompletableFuture();
    try {
      return answer.get(questions.limit().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return ProbeResult.down("no answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ProbeResult.down("the check was ended");
    } catch (ExecutionException | CancellationException e) {
      return ProbeResult.down("the check failed");
    } finally {
      answer.cancel(true);
    }
  }

  static Finding models(Questions questions) {
    Observed seen = questions.get(MODELS);
    if (Answers.isRefused(seen)) {
      return Finding.failed(
          "models",
          "The container refuses GET /v1/models with HTTP " + seen.status() + ".",
          Advice.CREDENTIAL);
    }
    if (seen.status() == 0) {
      return Finding.failed(
          "models", "GET /v1/models: " + Words.ending(seen) + ".", Advice.REACHABLE);
    }
    List<String> ids = ids(seen);
    if (!Answers.isOk(seen) || ids.isEmpty()) {
      return Finding.warning(
          "models",
          "GET /v1/models names no model; " + Words.ending(seen) + ".",
          "Exchanges do not need it. An engine that lacks it may not be OpenAI-compatible: vLLM,"
              + " SGLang, TGI and llama.cpp have it.");
    }
    String served = shown(ids, questions);
    return ids.contains(questions.instance().name())
        ? Finding.passed("models", "The container serves " + served + ".")
        : Finding.warning(
            "models",
            "The container serves "
                + served
                + ", not “"
                + questions.instance().name()
                + "”, the instance's name, which is what it gets as model.",
            Advice.name(questions.instance()));
  }

  private static List<String> ids(Observed seen) {
    List<String> ids = new ArrayList<>();
    for (JsonNode model : Answers.json(seen).path("data")) {
      if (model.path("id").isTextual()) {
        ids.add(model.path("id").asText());
      }
    }
    return ids;
  }

  private static String shown(List<String> ids, Questions questions) {
    List<String> first =
        ids.stream()
            .limit(SHOWN_MAX)
            .map(id -> Words.quoted(id, questions.instance().upstreamKey()))
            .toList();
    return String.join(", ", first)
        + (ids.size() > SHOWN_MAX ? " and " + (ids.size() - SHOWN_MAX) + " more" : "");
  }

  /** Whether somebody who has no credential gets in. */
  static Finding credential(Questions questions) {
    Observed seen = questions.getWithoutKey(MODELS);
    boolean has = questions.instance().upstreamKey().isPresent();
    if (Answers.isRefused(seen)) {
      return has
          ? Finding.passed("credential", "The container asks for its credential.")
          : Finding.failed(
              "credential",
              "The container asks for a credential, and the instance has none.",
              Advice.CREDENTIAL);
    }
    if (Answers.isOk(seen)) {
      return Finding.warning(
          "credential",
          "The container answers whoever reaches its address, with a credential or without.",
          Advice.OPEN);
    }
    return Finding.passed(
        "credential",
        "Whether it asks for a credential cannot be told: GET /v1/models gives no answer.");
  }
}
