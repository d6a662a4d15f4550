package com.ecohash.ecolink.access.people;

import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.ids.UserId;
import java.time.Duration;

/** Browsers in which somebody has signed in before; hashes of what they hold. */
public interface KnownDevices {
  /** How long a browser is known after its last sign-in. */
  Duration KEPT = Duration.ofDays(180);

  boolean isKnown(UserId user, KeyHash device);

  /** Remembers the device, or that it was seen again. */
  void remember(UserId user, KeyHash device);
}
