package com.ecohash.ecolink.console.instances;

import com.ecohash.ecolink.conformance.CheckReport;
import com.ecohash.ecolink.conformance.CheckReports;
import com.ecohash.ecolink.conformance.ContainerCheck;
import com.ecohash.ecolink.conformance.Finding;
import com.ecohash.ecolink.console.CallerContext;
import com.ecohash.ecolink.console.PathIds;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Instances;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Checks an account's containers, and tells what the last check found. */
@Path("instances/{id}/check")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public final class CheckResource {
  /**
   * A finding on the wire.
   *
   * @param result {@code passed}, {@code warning} or {@code failed}
   * @param advice what to do about it; empty where nothing is to be done
   */
  @Schema(name = "Finding")
  public record FindingView(String check, String result, String message, String advice) {
    static FindingView of(Finding finding) {
      return new FindingView(
          finding.check(), finding.result().wireName(), finding.message(), finding.advice());
    }
  }

  /** What was found in one region, on the wire. */
  @Schema(name = "ReplicaFindings")
  public record ReplicaFindings(String region, List<FindingView> findings) {
    public ReplicaFindings {
      findings = List.copyOf(findings);
    }
  }

  /** A report on the wire. */
  @Schema(name = "ContainerCheck")
  public record View(Instant checkedAt, List<ReplicaFindings> replicas) {
    public View {
      replicas = List.copyOf(replicas);
    }

    static View of(CheckReport report) {
      return new View(
          report.checkedAt(),
          report.replicas().stream()
              .map(
                  replica ->
                      new ReplicaFindings(
                          replica.region().value(),
                          replica.findings().stream().map(FindingView::of).toList()))
              .toList());
    }
  }

  private final Instances instances;
  private final ContainerCheck check;
  private final CheckReports reports;

  @Inject
  public CheckResource(Instances instances, ContainerCheck check, CheckReports reports) {
    this.instances = instances;
    this.check = check;
    this.reports = reports;
  }

  /** Takes some seconds: it asks the containers. */
  @POST
  public View check(@Context SecurityContext security, @PathParam("id") String id) {
    return View.of(check.check(instance(security, id)));
  }

  @GET
  public View last(@Context SecurityContext security, @PathParam("id") String id) {
    return reports
        .last(instance(security, id).id())
        .map(View::of)
        .orElseThrow(
            () ->
                new ApiException(
                    ErrorType.NOT_FOUND,
                    "This instance has not been checked yet. POST to this address to do it."));
  }

  private Instance instance(SecurityContext security, String id) {
    return instances
        .find(CallerContext.account(security), PathIds.instance(id))
        .orElseThrow(() -> PathIds.notFound("instance"))
        .instance();
  }
}
