package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.relay.upstream.OutgoingBody;
import org.jspecify.annotations.Nullable;

/** The body of an exchange for as long as it may have to be sent once more. */
final class ResendableBody {
  private @Nullable RelayRequest request;
  private @Nullable StoredBody stored;
  private boolean aided;
  private boolean aidRefused;

  ResendableBody(RelayRequest request) {
    this.request = request;
    this.stored = request.body();
    this.aided = request.unaidedEdits().isPresent();
  }

  /** Whether it holds something that the gateway added, and that can be left out. */
  boolean isAided() {
    return aided;
  }

  boolean wasAidRefused() {
    return aidRefused;
  }

  void withoutAid() {
    aided = false;
    aidRefused = true;
  }

  OutgoingBody outgoing() {
    if (request == null || stored == null) {
      throw new IllegalStateException("an answer has begun: nothing is sent again");
    }
    return stored.with(aidRefused ? request.unaidedEdits().orElseThrow() : request.edits());
  }

  /** An answer has begun: the heap gets its bytes back. A file may still be on its way out. */
  void answered() {
    if (stored instanceof StoredBody.InMemory) {
      close();
    }
  }

  void close() {
    if (stored != null) {
      stored.close();
      stored = null;
    }
    request = null;
  }
}
