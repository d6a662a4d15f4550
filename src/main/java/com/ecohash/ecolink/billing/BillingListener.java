package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import java.util.List;

/** Hears what the settlement of GPU time did, after it was committed. */
public interface BillingListener {
  BillingListener NONE = new BillingListener() {};

  /** So many GPU-seconds of the account were charged. */
  default void settled(AccountId account, long gpuSeconds) {}

  default void warned(AccountId account, BalanceWarning warning) {}

  /** These instances were stopped, as there is nothing to pay them with. */
  default void stopped(AccountId account, List<InstanceId> instances) {}
}
