package com.ecohash.ecolink.access.people;

import com.ecohash.ecolink.access.Role;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InvitationId;
import java.time.Instant;

/** An open invitation into an account. Never holds the token of its link. */
public record Invitation(InvitationId id, Draft draft, Instant createdAt, Instant expiresAt) {
  /**
   * Who is invited to what.
   *
   * @param invitedBy as the audit log names them
   */
  public record Draft(AccountId account, String email, Role role, String invitedBy) {
    public Draft {
      email = Emails.normalized(email);
    }
  }
}
