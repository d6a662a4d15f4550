package com.ecohash.ecolink.access.people;

import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.access.audit.AuditEvent;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Signs in those for whom another provider vouches: a user it is known for, a user or an invited
 * person with the verified address. A stranger gets an account only if that is configured.
 */
public final class ProviderSignIn {
  private final ProviderUsers users;
  private final Invitations invitations;
  private final PasswordSignIn.Stores stores;
  private final SecureRandom random;
  private final boolean strangersWelcome;

  /**
   * @param strangersWelcome whether somebody whom nobody invited gets an account of their own
   */
  public ProviderSignIn(
      ProviderUsers users,
      Invitations invitations,
      PasswordSignIn.Stores stores,
      SecureRandom random,
      boolean strangersWelcome) {
    this.users = users;
    this.invitations = invitations;
    this.stores = stores;
    this.random = random;
    this.strangersWelcome = strangersWelcome;
  }

  /**
   * @param verifiedEmail that the provider says is theirs
   * @return accepted or refused
   */
  public SignIn signIn(Proof.Provider provider, String verifiedEmail, String address) {
    String email = Emails.normalized(verifiedEmail);
    Optional<User> user =
        users
            .findOrLink(provider, email)
            .or(() -> invited(provider, email))
            .or(() -> strangersWelcome ? users.signUp(provider, email) : Optional.empty());
    if (user.isEmpty()) {
      stores
          .audit()
          .record(
              new AuditEvent(
                  Optional.empty(),
                  email,
                  Action.SIGN_IN_FAILED,
                  "nobody",
                  "by " + provider.issuer() + ", from " + address));
      return new SignIn.Refused();
    }
    return accepted(user.get(), provider, address);
  }

  private Optional<User> invited(Proof.Provider provider, String email) {
    return invitations
        .findFor(email)
        .flatMap(
            invitation -> {
              Invitations.Accepted accepted =
                  invitations.accept(
                      invitation.id(),
                      provider,
                      Joining.accepting(invitation, "by " + provider.issuer()));
              return accepted instanceof Invitations.Accepted.Joined joined
                  ? Optional.of(joined.user())
                  : Optional.empty();
            });
  }

  private SignIn accepted(User user, Proof.Provider provider, String address) {
    SecretToken token = SecretToken.generate(random);
    SecretToken device = SecretToken.generate(random);
    AuditEvent event =
        new AuditEvent(
            Optional.of(user.account()),
            user.email(),
            Action.SIGNED_IN,
            "user " + user.id(),
            "by " + provider.issuer() + ", from " + address);
    Optional<Session> session = stores.sessions().start(user.id(), provider, token.hash(), event);
    if (session.isEmpty()) {
      return new SignIn.Refused(); // removed a moment ago
    }
    stores.devices().remember(user.id(), device.hash());
    return new SignIn.Accepted(token, device, session.get());
  }
}
