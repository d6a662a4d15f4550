package com.ecohash.ecolink.access.audit;

import java.util.Locale;

/** What can be done that is written down. */
public enum Action {
  SIGNED_IN,
  SIGN_IN_FAILED,
  SIGNED_OUT,
  SIGNED_OUT_EVERYWHERE,
  PASSWORD_CHANGED,
  PROVIDER_LINKED,
  USER_INVITED,
  INVITATION_REVOKED,
  INVITATION_ACCEPTED,
  USER_JOINED,
  ROLE_CHANGED,
  USER_REMOVED,
  ACCOUNT_CREATED,
  KEY_ISSUED,
  KEY_REVOKED,
  INSTANCE_LAUNCHED,
  INSTANCE_STOPPED,
  CREDIT_POSTED,
  PRICE_SET,
  REGION_CREATED,
  REGION_CHANGED;

  /** The name on the wire and in the database: {@code signed_in}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
