package com.ecohash.ecolink.metering.journal;

import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.ExchangeStart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Exchanges that have begun and not ended, and the room that their ends will need. Not safe for
 * threads: the journal's lock guards it.
 */
final class OpenExchanges {
  /**
   * @param segmentNumber the newest segment that holds the begin
   */
  private record Begun(ExchangeStart start, int frameBytes, long segmentNumber) {}

  private final Map<RequestId, Begun> byId = new HashMap<>();
  private long reservedBytes;

  /** For the end, and for the begin to be carried over once. */
  static long reserveBytes(int beginFrameBytes) {
    return 2L * beginFrameBytes + JournalCodec.END_EXTRA_BYTES_MAX;
  }

  boolean isOpen(RequestId id) {
    return byId.containsKey(id);
  }

  void begun(ExchangeStart start, int frameBytes, long segmentNumber) {
    if (byId.put(start.id(), new Begun(start, frameBytes, segmentNumber)) == null) {
      reservedBytes += reserveBytes(frameBytes);
    }
  }

  /** False if it is not open. */
  boolean ended(RequestId id) {
    Begun begun = byId.remove(id);
    if (begun == null) {
      return false;
    }
    reservedBytes -= reserveBytes(begun.frameBytes());
    return true;
  }

  /** Those whose begin is in this segment and in no later one. */
  List<ExchangeStart> begunIn(long segmentNumber) {
    List<ExchangeStart> begun = new ArrayList<>();
    for (Begun one : byId.values()) {
      if (one.segmentNumber() == segmentNumber) {
        begun.add(one.start());
      }
    }
    return begun;
  }

  long reservedBytes() {
    return reservedBytes;
  }

  int size() {
    return byId.size();
  }
}
