package com.ecohash.ecolink.access.people;

import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.access.audit.AuditEvent;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Changes the password of somebody who is signed in and knows the old one. All their sessions end;
 * this browser gets a new one, as somebody else may have had the old one too.
 */
public final class PasswordChange {
  private final PasswordSignIn.Stores stores;
  private final BoundedHashing hashing;
  private final SecureRandom random;

  public PasswordChange(PasswordSignIn.Stores stores, BoundedHashing hashing, SecureRandom random) {
    this.stores = stores;
    this.hashing = hashing;
    this.random = random;
  }

  /**
   * @param newPassword as {@link PasswordRules} want it
   */
  public SignIn change(User user, String oldPassword, String newPassword) {
    List<GuardSubject> subjects = List.of(GuardSubject.ofPasswordChange(user.id()));
    Optional<Duration> delay = stores.guard().begin(subjects);
    if (delay.isPresent()) {
      return new SignIn.Delayed(delay.get());
    }
    Optional<String> known =
        stores.users().credentials(user.email()).flatMap(Users.Credentials::passwordHash);
    Optional<Boolean> right = hashing.matches(oldPassword, known);
    if (right.isEmpty()) {
      stores.guard().undecided(subjects);
      return new SignIn.Busy();
    }
    if (!right.get()) {
      return new SignIn.Refused();
    }
    stores.guard().succeeded(subjects);
    Optional<String> hash = hashing.hash(newPassword);
    return hash.isEmpty()
        ? new SignIn.Busy()
        : changed(
            user, new Proof.PasswordHash(known.orElseThrow()), new Proof.PasswordHash(hash.get()));
  }

  private SignIn changed(User user, Proof.PasswordHash old, Proof.PasswordHash changed) {
    AuditEvent changing = event(user, Action.PASSWORD_CHANGED);
    if (!stores.users().changePassword(user.id(), old, changed, changing)) {
      return new SignIn.Refused(); // removed, or changed by somebody else, a moment ago
    }
    SecretToken token = SecretToken.generate(random);
    SecretToken device = SecretToken.generate(random);
    Optional<Session> session =
        stores.sessions().start(user.id(), changed, token.hash(), event(user, Action.SIGNED_IN));
    if (session.isEmpty()) {
      return new SignIn.Refused(); // removed a moment ago
    }
    stores.devices().remember(user.id(), device.hash());
    return new SignIn.Accepted(token, device, session.get());
  }

  private static AuditEvent event(User user, Action action) {
    return new AuditEvent(
        Optional.of(user.account()),
        user.email(),
        action,
        "user " + user.id(),
        action == Action.SIGNED_IN ? "with the new password" : "");
  }
}
