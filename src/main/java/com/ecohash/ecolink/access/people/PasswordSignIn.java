package com.ecohash.ecolink.access.people;

import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.access.audit.AuditEvent;
import com.ecohash.ecolink.access.audit.AuditLog;
import com.ecohash.ecolink.ids.UserId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Signs people in by e-mail address and password. Failures are counted by address and by e-mail
 * address; a browser in which the user has signed in before is counted by itself, so that somebody
 * else's guessing does not keep the user out. Takes the same way for an unknown e-mail address as
 * for a wrong password.
 */
public final class PasswordSignIn {
  /**
   * Who wants to sign in.
   *
   * @param address the client's, as far as it can be believed
   * @param device what the browser's device cookie holds
   */
  public record Attempt(
      String email, String password, String address, Optional<SecretToken> device) {
    public Attempt {
      email = Emails.normalized(email);
    }

    @Override
    public String toString() {
      return "Attempt[" + address + "]"; // never the password
    }
  }

  /** What it reads and writes. */
  public record Stores(
      Users users, Sessions sessions, SignInGuard guard, KnownDevices devices, AuditLog audit) {}

  private static final UserId NOBODY = new UserId(Long.MAX_VALUE);

  private final Stores stores;
  private final BoundedHashing hashing;
  private final SecureRandom random;

  public PasswordSignIn(Stores stores, BoundedHashing hashing, SecureRandom random) {
    this.stores = stores;
    this.hashing = hashing;
    this.random = random;
  }

  public SignIn signIn(Attempt attempt) {
    Optional<Users.Credentials> found = stores.users().credentials(attempt.email());
    Optional<SecretToken> device = knownDevice(attempt, found);
    List<GuardSubject> subjects = subjects(attempt, device);
    Optional<Duration> wait = stores.guard().begin(subjects);
    if (wait.isPresent()) {
      return new SignIn.Delayed(wait.get());
    }
    Optional<Boolean> right =
        hashing.matches(
            attempt.password(), found.flatMap(credentials -> credentials.passwordHash()));
    if (right.isEmpty()) {
      stores.guard().undecided(subjects);
      return new SignIn.Busy();
    }
    if (found.isEmpty() || !right.get()) {
      return refused(attempt, found.map(Users.Credentials::user));
    }
    stores.guard().succeeded(subjects);
    Proof proof = new Proof.PasswordHash(found.get().passwordHash().orElseThrow());
    return accepted(found.get().user(), proof, attempt, device);
  }

  /** Asked for nobody too, so that the answer comes as late for an address that is unknown. */
  private Optional<SecretToken> knownDevice(
      Attempt attempt, Optional<Users.Credentials> credentials) {
    UserId user = credentials.map(known -> known.user().id()).orElse(NOBODY);
    return attempt.device().filter(token -> stores.devices().isKnown(user, token.hash()));
  }

  private static List<GuardSubject> subjects(Attempt attempt, Optional<SecretToken> device) {
    return device
        .map(token -> List.of(GuardSubject.ofDevice(token.hash())))
        .orElseGet(
            () ->
                List.of(
                    GuardSubject.ofAddress(attempt.address()),
                    GuardSubject.ofEmail(attempt.email())));
  }

  private SignIn refused(Attempt attempt, Optional<User> user) {
    stores
        .audit()
        .record(
            new AuditEvent(
                user.map(User::account),
                attempt.email(),
                Action.SIGN_IN_FAILED,
                user.map(known -> "user " + known.id()).orElse("nobody"),
                "from " + attempt.address()));
    return new SignIn.Refused();
  }

  private SignIn accepted(
      User user, Proof proof, Attempt attempt, Optional<SecretToken> knownDevice) {
    SecretToken device = knownDevice.orElseGet(() -> SecretToken.generate(random));
    SecretToken token = SecretToken.generate(random);
    AuditEvent event =
        new AuditEvent(
            Optional.of(user.account()),
            user.email(),
            Action.SIGNED_IN,
            "user " + user.id(),
            "with a password, from " + attempt.address());
    Optional<Session> session = stores.sessions().start(user.id(), proof, token.hash(), event);
    if (session.isEmpty()) {
      return new SignIn.Refused(); // removed, or with another password, a moment ago
    }
    stores.devices().remember(user.id(), device.hash());
    return new SignIn.Accepted(token, device, session.get());
  }
}
