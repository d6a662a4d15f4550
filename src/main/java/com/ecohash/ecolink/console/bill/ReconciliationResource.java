package com.ecohash.ecolink.console.bill;

import com.ecohash.ecolink.billing.Reconciled;
import com.ecohash.ecolink.billing.Reconciler;
import com.ecohash.ecolink.console.OperatorOnly;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Compares the books with the usage, for the operator; one at a time, as it reads everything. */
@Path("admin/reconciliation")
@OperatorOnly
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public final class ReconciliationResource {
  private static final int SHOWN_MAX = 1_000;

  /**
   * What was found, on the wire.
   *
   * @param differences a sentence for each, the first thousand
   */
  public record Report(
      boolean sound, String summary, Reconciled checked, List<String> differences) {
    public Report {
      differences = List.copyOf(differences);
    }
  }

  private final Reconciler reconciler;
  private final Semaphore running = new Semaphore(1);

  @Inject
  public ReconciliationResource(Reconciler reconciler) {
    this.reconciler = reconciler;
  }

  @GET
  public Report reconcile() {
    if (!running.tryAcquire()) {
      throw new ApiException(
          ErrorType.CONFLICT, "A reconciliation is under way. Wait for it to end.");
    }
    try {
      List<String> shown = new ArrayList<>();
      Reconciled result =
          reconciler.reconcile(
              difference -> {
                if (shown.size() < SHOWN_MAX) {
                  shown.add(difference);
                }
              });
      return new Report(result.isSound(), result.summary(), result, shown);
    } finally {
      running.release();
    }
  }
}
