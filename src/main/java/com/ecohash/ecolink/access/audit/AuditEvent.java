package com.ecohash.ecolink.access.audit;

import com.ecohash.ecolink.ids.AccountId;
import java.util.Optional;

/**
 * Something that somebody did. Never holds a password, a key or a token.
 *
 * @param account whose log it belongs to; empty where no account is concerned, or none is known
 * @param actor who: an e-mail address, a key's id and name, or the operator
 * @param subject what it was done to, such as {@code key 12}
 * @param detail what else is worth knowing, perhaps nothing
 */
public record AuditEvent(
    Optional<AccountId> account, String actor, Action action, String subject, String detail) {
  private static final int NAME_LENGTH_MAX = 300;
  private static final int DETAIL_LENGTH_MAX = 1_000;

  public AuditEvent {
    actor = cut(actor, NAME_LENGTH_MAX);
    subject = cut(subject, NAME_LENGTH_MAX);
    detail = cut(detail, DETAIL_LENGTH_MAX);
  }

  private static String cut(String text, int lengthMax) {
    if (text.length() <= lengthMax) {
      return text;
    }
    int end = lengthMax - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
