package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.conformance.CheckReport.ReplicaFindings;
import com.ecohash.ecolink.conformance.Finding;
import com.ecohash.ecolink.ids.RegionId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings as they are stored: JSON that is read whole, never searched. */
final class FindingsText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FindingsText() {}

  static String write(List<ReplicaFindings> replicas) {
    ArrayNode all = JSON.createArrayNode();
    for (ReplicaFindings replica : replicas) {
      ArrayNode findings =
          all.addObject().put("region", replica.region().value()).putArray("findings");
      for (Finding finding : replica.findings()) {
        findings
            .addObject()
            .put("check", finding.check())
            .put("result", finding.result().wireName())
            .put("message", finding.message())
            .put("advice", finding.advice());
      }
    }
    return all.toString();
  }

  static List<ReplicaFindings> read(String text) {
    List<ReplicaFindings> replicas = new ArrayList<>();
    for (JsonNode replica : tree(text)) {
      List<Finding> findings = new ArrayList<>();
      replica.path("findings").forEach(finding -> findings.add(finding(finding)));
      replicas.add(new ReplicaFindings(new RegionId(replica.path("region").asText()), findings));
    }
    return replicas;
  }

  private static Finding finding(JsonNode json) {
    return new Finding(
        json.path("check").asText(),
        Finding.Result.valueOf(json.path("result").asText().toUpperCase(Locale.ROOT)),
        json.path("message").asText(),
        json.path("advice").asText());
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored findings that are no JSON", e);
    }
  }
}
