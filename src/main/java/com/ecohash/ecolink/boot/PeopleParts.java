package com.ecohash.ecolink.boot;

import com.ecohash.ecolink.access.Accounts;
import com.ecohash.ecolink.access.PasswordHasher;
import com.ecohash.ecolink.access.audit.AuditLog;
import com.ecohash.ecolink.access.oidc.OidcClient;
import com.ecohash.ecolink.access.oidc.OidcSettings;
import com.ecohash.ecolink.access.people.BoundedHashing;
import com.ecohash.ecolink.access.people.Invitations;
import com.ecohash.ecolink.access.people.Joining;
import com.ecohash.ecolink.access.people.PasswordChange;
import com.ecohash.ecolink.access.people.PasswordSignIn;
import com.ecohash.ecolink.access.people.PlaygroundKeys;
import com.ecohash.ecolink.access.people.ProviderSignIn;
import com.ecohash.ecolink.access.people.SessionTimes;
import com.ecohash.ecolink.access.people.Sessions;
import com.ecohash.ecolink.access.people.Users;
import com.ecohash.ecolink.console.ClientWay;
import com.ecohash.ecolink.console.SessionCookies;
import com.ecohash.ecolink.console.people.InvitationLinks;
import com.ecohash.ecolink.console.people.OidcParts;
import com.ecohash.ecolink.console.people.SignInAnswers;
import com.ecohash.ecolink.instances.Networks;
import com.ecohash.ecolink.persistence.JpaAuditLog;
import com.ecohash.ecolink.persistence.JpaInvitations;
import com.ecohash.ecolink.persistence.JpaKnownDevices;
import com.ecohash.ecolink.persistence.JpaPlaygroundKeys;
import com.ecohash.ecolink.persistence.JpaProviderUsers;
import com.ecohash.ecolink.persistence.JpaSessions;
import com.ecohash.ecolink.persistence.JpaSignInGuard;
import com.ecohash.ecolink.persistence.JpaUsers;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** Hands the management API what it needs to know people. */
@Singleton
public class PeopleParts {
  private final Gateway gateway;

  @Inject
  PeopleParts(GatewayStart start) {
    this.gateway = start.gateway();
  }

  @Produces
  @Singleton
  JpaSessions sessions(Clock clock) {
    Configuration configuration = gateway.configuration();
    SessionTimes times =
        new SessionTimes(
            configuration.duration(Setting.SESSION_IDLE),
            configuration.duration(Setting.SESSION_AGE));
    return new JpaSessions(gateway.database(), clock, times);
  }

  @Produces
  @Singleton
  Users users(Clock clock) {
    return new JpaUsers(gateway.database(), clock);
  }

  @Produces
  @Singleton
  AuditLog audit(Clock clock) {
    return new JpaAuditLog(gateway.database(), clock);
  }

  @Produces
  @Singleton
  PlaygroundKeys playgroundKeys(Clock clock) {
    return new JpaPlaygroundKeys(gateway.database(), clock);
  }

  @Produces
  @Singleton
  BoundedHashing hashing(PasswordHasher hasher) {
    return new BoundedHashing(
        hasher, gateway.configuration().number(Setting.SIGN_IN_PARALLEL, 1, 1_000));
  }

  @Produces
  @Singleton
  PasswordSignIn.Stores signInStores(Users users, Sessions sessions, AuditLog audit, Clock clock) {
    return new PasswordSignIn.Stores(
        users,
        sessions,
        new JpaSignInGuard(gateway.database(), clock),
        new JpaKnownDevices(gateway.database(), clock),
        audit);
  }

  @Produces
  @Singleton
  PasswordSignIn passwordSignIn(
      PasswordSignIn.Stores stores, BoundedHashing hashing, SecureRandom random) {
    return new PasswordSignIn(stores, hashing, random);
  }

  @Produces
  @Singleton
  PasswordChange passwordChange(
      PasswordSignIn.Stores stores, BoundedHashing hashing, SecureRandom random) {
    return new PasswordChange(stores, hashing, random);
  }

  @Produces
  @Singleton
  Invitations invitations(Clock clock) {
    return new JpaInvitations(gateway.database(), clock);
  }

  @Produces
  @Singleton
  Joining joining(
      Invitations invitations,
      PasswordSignIn.Stores stores,
      BoundedHashing hashing,
      SecureRandom random) {
    return new Joining(invitations, stores, hashing, random);
  }

  @Produces
  @Singleton
  InvitationLinks invitationLinks(ClientWay way, Clock clock, SecureRandom random) {
    return new InvitationLinks(
        way, clock, random, gateway.configuration().duration(Setting.INVITATION_AGE));
  }

  @Produces
  @Singleton
  ClientWay clientWay() {
    Configuration configuration = gateway.configuration();
    return new ClientWay(
        configuration.parsed(Setting.TRUSTED_PROXIES, Networks::parse),
        configuration.text(Setting.PUBLIC_URL).map(url -> url.replaceAll("/+$", "")));
  }

  @Produces
  @Singleton
  SessionCookies cookies(ClientWay way, Clock clock) {
    return new SessionCookies(way, clock);
  }

  @Produces
  @Singleton
  SignInAnswers answers(Accounts accounts, SessionCookies cookies) {
    return new SignInAnswers(accounts, cookies);
  }

  @Produces
  @Singleton
  OidcParts oidc(
      Invitations invitations,
      PasswordSignIn.Stores stores,
      SecureRandom random,
      ClientWay way,
      Clock clock) {
    Configuration configuration = gateway.configuration();
    boolean strangersWelcome = configuration.isOn(Setting.OIDC_SIGN_UP);
    ProviderSignIn signIn =
        new ProviderSignIn(
            new JpaProviderUsers(gateway.database(), clock),
            invitations,
            stores,
            random,
            strangersWelcome);
    return new OidcParts(
        oidcSettings(configuration)
            .map(
                settings ->
                    new OidcParts.Enabled(settings.name(), new OidcClient(settings), signIn, way)));
  }

  private static Optional<OidcSettings> oidcSettings(Configuration configuration) {
    if (configuration.text(Setting.OIDC_ISSUER).isEmpty()) {
      return Optional.empty();
    }
    String clientId =
        configuration
            .text(Setting.OIDC_CLIENT_ID)
            .orElseThrow(
                () ->
                    new BadConfigurationException(
                        Setting.OIDC_CLIENT_ID.key()
                            + " must be given where "
                            + Setting.OIDC_ISSUER.key()
                            + " is."));
    return Optional.of(
        new OidcSettings(
            configuration.parsed(Setting.OIDC_ISSUER, OidcSettings::issuer),
            clientId,
            configuration.text(Setting.OIDC_CLIENT_SECRET),
            configuration.text(Setting.OIDC_NAME).orElse(""),
            Set.of(configuration.text(Setting.OIDC_SCOPES).orElse("openid").split("[ ,]+"))));
  }
}
