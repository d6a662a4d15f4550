package com.ecohash.ecolink.access.people;

import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.access.audit.AuditEvent;
import java.security.SecureRandom;
import java.util.Optional;

/** Accepts an invitation with a password: the invited person becomes a user and is signed in. */
public final class Joining {
  /** What became of it. */
  public sealed interface Outcome {
    record Joined(SignIn.Accepted signIn) implements Outcome {}

    /** The link leads nowhere, or no longer. */
    record Gone() implements Outcome {}

    record AddressTaken() implements Outcome {}

    /**
     * The password will not do.
     *
     * @param sentence says why
     */
    record PasswordRefused(String sentence) implements Outcome {}

    record Busy() implements Outcome {}
  }

  private final Invitations invitations;
  private final PasswordSignIn.Stores stores;
  private final BoundedHashing hashing;
  private final SecureRandom random;

  public Joining(
      Invitations invitations,
      PasswordSignIn.Stores stores,
      BoundedHashing hashing,
      SecureRandom random) {
    this.invitations = invitations;
    this.stores = stores;
    this.hashing = hashing;
    this.random = random;
  }

  public Outcome join(KeyHash link, String password) {
    Optional<Invitation> found = invitations.find(link);
    if (found.isEmpty()) {
      return new Outcome.Gone();
    }
    Invitation invitation = found.get();
    Optional<String> fault = PasswordRules.fault(password, invitation.draft().email());
    if (fault.isPresent()) {
      return new Outcome.PasswordRefused(fault.get());
    }
    Optional<String> hash = hashing.hash(password);
    if (hash.isEmpty()) {
      return new Outcome.Busy();
    }
    Proof proof = new Proof.PasswordHash(hash.get());
    Invitations.Accepted accepted =
        invitations.accept(invitation.id(), proof, accepting(invitation, "with a password"));
    if (accepted instanceof Invitations.Accepted.Joined joined) {
      return signedIn(joined.user(), proof);
    }
    return accepted instanceof Invitations.Accepted.Gone
        ? new Outcome.Gone()
        : new Outcome.AddressTaken();
  }

  static AuditEvent accepting(Invitation invitation, String how) {
    return new AuditEvent(
        Optional.of(invitation.draft().account()),
        invitation.draft().email(),
        Action.INVITATION_ACCEPTED,
        "invitation " + invitation.id(),
        how);
  }

  private Outcome signedIn(User user, Proof proof) {
    SecretToken token = SecretToken.generate(random);
    SecretToken device = SecretToken.generate(random);
    AuditEvent event =
        new AuditEvent(
            Optional.of(user.account()),
            user.email(),
            Action.SIGNED_IN,
            "user " + user.id(),
            "by an invitation");
    Optional<Session> session = stores.sessions().start(user.id(), proof, token.hash(), event);
    if (session.isEmpty()) {
      return new Outcome.Gone(); // removed a moment ago
    }
    stores.devices().remember(user.id(), device.hash());
    return new Outcome.Joined(new SignIn.Accepted(token, device, session.get()));
  }
}
