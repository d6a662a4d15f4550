package com.ecohash.ecolink.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.access.ApiKeyText;
import com.ecohash.ecolink.access.IssuedKey;
import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.Role;
import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.access.audit.AuditEntry;
import com.ecohash.ecolink.access.audit.AuditEvent;
import com.ecohash.ecolink.access.people.Invitation;
import com.ecohash.ecolink.access.people.Invitations;
import com.ecohash.ecolink.access.people.Proof;
import com.ecohash.ecolink.access.people.SecretToken;
import com.ecohash.ecolink.access.people.Session;
import com.ecohash.ecolink.access.people.SessionTimes;
import com.ecohash.ecolink.access.people.User;
import com.ecohash.ecolink.access.people.Users;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.UserId;
import com.ecohash.ecolink.testing.MovableClock;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every database owes to users, sessions, invitations, Playground keys and the audit log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PeopleContract {
  private static final Duration IDLE = Duration.ofHours(1);
  private static final Duration AGE = Duration.ofHours(8);

  /** Everybody's at first. */
  private static final Proof.PasswordHash PASSWORD = new Proof.PasswordHash("hash");

  private static final Proof.PasswordHash NEW_PASSWORD = new Proof.PasswordHash("new hash");

  private final SecureRandom random = new SecureRandom();
  private final MovableClock clock = new MovableClock(TestingWorld.NOON);
  private final TestingDatabase kind;
  private final Database database;
  private final JpaSessions sessions;
  private final JpaUsers users;
  private final JpaInvitations invitations;
  private final JpaProviderUsers providerUsers;
  private final JpaPlaygroundKeys playground;
  private final JpaKeys keys;
  private final JpaAuditLog audit;
  private final CurrentCatalog catalog;

  PeopleContract(TestingDatabase kind) {
    this.kind = kind;
    database = kind.open();
    sessions = new JpaSessions(database, clock, new SessionTimes(IDLE, AGE));
    users = new JpaUsers(database, clock);
    invitations = new JpaInvitations(database, clock);
    providerUsers = new JpaProviderUsers(database, clock);
    playground = new JpaPlaygroundKeys(database, clock);
    keys = new JpaKeys(database, clock);
    audit = new JpaAuditLog(database, clock);
    catalog = new CurrentCatalog(new JpaCatalogSource(database, clock));
  }

  @AfterAll
  void close() {
    database.close();
  }

  private AccountId account() {
    return TestingWorld.account(database);
  }

  private User owner(AccountId account) {
    return users.list(account).get(0);
  }

  private static AuditEvent event(AccountId account, Action action) {
    return new AuditEvent(Optional.of(account), "somebody", action, "user 1", "");
  }

  private SecretToken token() {
    return SecretToken.generate(random);
  }

  private Session start(User user, SecretToken token) {
    return sessions
        .start(user.id(), PASSWORD, token.hash(), event(user.account(), Action.SIGNED_IN))
        .orElseThrow();
  }

  private Invitation invite(AccountId account, String email, Role role, SecretToken token) {
    Invitations.Made made =
        invitations.create(
            new Invitation.Draft(account, email, role, "owner@example.com"),
            token.hash(),
            clock.instant().plus(Duration.ofHours(72)),
            event(account, Action.USER_INVITED));
    assertThat(made).isInstanceOf(Invitations.Made.Invited.class);
    return ((Invitations.Made.Invited) made).invitation();
  }

  private Invitations.Accepted accept(Invitation invitation) {
    return invitations.accept(
        invitation.id(), PASSWORD, event(invitation.draft().account(), Action.INVITATION_ACCEPTED));
  }

  private User joined(AccountId account, Role role) {
    Invitation invitation = invite(account, UUID.randomUUID() + "@example.com", role, token());
    return ((Invitations.Accepted.Joined) accept(invitation)).user();
  }

  @Test
  void findsASessionUntilItIdles() {
    User owner = owner(account());
    SecretToken token = token();
    Session session = start(owner, token);
    assertThat(session.expiresAt()).isEqualTo(clock.instant().plus(AGE));
    assertThat(sessions.find(token().hash())).isEmpty();
    for (int i = 0; i < 3; i++) {
      clock.advance(IDLE.minusSeconds(90));
      assertThat(sessions.find(token.hash())).map(Session::id).contains(session.id());
    }
    clock.advance(IDLE);
    assertThat(sessions.find(token.hash())).isEmpty();
    assertThat(users.find(owner.account(), owner.id()).orElseThrow().lastSignInAt()).isPresent();
  }

  @Test
  void endsASessionAtItsAgeHoweverBusyItIs() {
    SecretToken token = token();
    Session session = start(owner(account()), token);
    while (clock.instant().isBefore(session.expiresAt())) {
      assertThat(sessions.find(token.hash())).isPresent();
      clock.advance(Duration.ofMinutes(30));
    }
    assertThat(sessions.find(token.hash())).isEmpty();
  }

  @Test
  void endsOneSessionOrAll() {
    User owner = owner(account());
    SecretToken one = token();
    SecretToken two = token();
    SecretToken three = token();
    Session first = start(owner, one);
    start(owner, two);
    start(owner, three);
    sessions.end(first, event(owner.account(), Action.SIGNED_OUT));
    assertThat(sessions.find(one.hash())).isEmpty();
    assertThat(sessions.find(two.hash())).isPresent();
    sessions.endAll(owner.id(), event(owner.account(), Action.SIGNED_OUT_EVERYWHERE));
    assertThat(sessions.find(two.hash())).isEmpty();
    assertThat(sessions.find(three.hash())).isEmpty();
    assertThat(
            sessions.start(
                new UserId(987_654),
                PASSWORD,
                token().hash(),
                event(owner.account(), Action.SIGNED_IN)))
        .isEmpty();
  }

  @Test
  void changesARoleInSessionsUnderWay() {
    AccountId account = account();
    User member = joined(account, Role.MEMBER);
    SecretToken token = token();
    start(member, token);
    assertThat(
            users.changeRole(account, member.id(), Role.OWNER, event(account, Action.ROLE_CHANGED)))
        .isEqualTo(Users.Change.DONE);
    assertThat(sessions.find(token.hash()).orElseThrow().user().role()).isEqualTo(Role.OWNER);
  }

  @Test
  void keepsTheLastOwner() {
    AccountId account = account();
    User owner = owner(account);
    joined(account, Role.MEMBER);
    AuditEvent demoting = event(account, Action.ROLE_CHANGED);
    assertThat(users.changeRole(account, owner.id(), Role.MEMBER, demoting))
        .isEqualTo(Users.Change.LAST_OWNER);
    assertThat(users.remove(account, owner.id(), event(account, Action.USER_REMOVED)))
        .isEqualTo(Users.Change.LAST_OWNER);
    User other = joined(account, Role.OWNER);
    assertThat(users.changeRole(account, owner.id(), Role.MEMBER, demoting))
        .isEqualTo(Users.Change.DONE);
    assertThat(users.remove(account, other.id(), event(account, Action.USER_REMOVED)))
        .isEqualTo(Users.Change.LAST_OWNER);
  }

  @Test
  void keepsOneOwnerWhenTwoGoAtOnce() throws Exception {
    AccountId account = account();
    User one = owner(account);
    User two = joined(account, Role.OWNER);
    List<Users.Change> changes =
        atOnce(
            () -> users.remove(account, one.id(), event(account, Action.USER_REMOVED)),
            () -> users.remove(account, two.id(), event(account, Action.USER_REMOVED)));
    assertThat(changes).containsExactlyInAnyOrder(Users.Change.DONE, Users.Change.LAST_OWNER);
    assertThat(users.list(account)).hasSize(1);
  }

  private static <T> List<T> atOnce(Callable<T> one, Callable<T> other) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<T>> results = threads.invokeAll(List.of(one, other));
      return List.of(results.get(0).get(), results.get(1).get());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void showsNobodyAnotherAccountsUsers() {
    AccountId account = account();
    AccountId other = account();
    User owner = owner(account);
    assertThat(users.find(other, owner.id())).isEmpty();
    assertThat(users.changeRole(other, owner.id(), Role.MEMBER, event(other, Action.ROLE_CHANGED)))
        .isEqualTo(Users.Change.NOT_FOUND);
    assertThat(users.remove(other, owner.id(), event(other, Action.USER_REMOVED)))
        .isEqualTo(Users.Change.NOT_FOUND);
    assertThat(users.list(other)).doesNotContain(owner);
  }

  @Test
  void removesAUserWithSessionsAndKeys() {
    AccountId account = account();
    User member = joined(account, Role.MEMBER);
    SecretToken token = token();
    KeyHash key = playgroundKey(start(member, token));
    assertThat(users.remove(account, member.id(), event(account, Action.USER_REMOVED)))
        .isEqualTo(Users.Change.DONE);
    assertThat(sessions.find(token.hash())).isEmpty();
    assertThat(inForce(key)).isFalse();
    assertThat(users.credentials(member.email())).isEmpty();
  }

  @Test
  void changesAPasswordAndEndsAllSessions() {
    User owner = owner(account());
    SecretToken token = token();
    start(owner, token);
    assertThat(changePassword(owner)).isTrue();
    assertThat(passwordOf(owner)).contains(NEW_PASSWORD.hash());
    assertThat(sessions.find(token.hash())).isEmpty();
    assertThat(changePassword(owner)).as("with the old one again").isFalse();
  }

  private boolean changePassword(User user) {
    return users.changePassword(
        user.id(), PASSWORD, NEW_PASSWORD, event(user.account(), Action.PASSWORD_CHANGED));
  }

  private Optional<String> passwordOf(User user) {
    return users.credentials(user.email()).orElseThrow().passwordHash();
  }

  @Test
  void keepsADemotionThatASignInMeets() throws Exception {
    AccountId account = account();
    User demoted = joined(account, Role.OWNER);
    Session session = during(setting(demoted, "role", "member"), () -> start(demoted, token()));
    assertThat(session.user().role()).isEqualTo(Role.MEMBER);
    assertThat(users.find(account, demoted.id()).orElseThrow().role()).isEqualTo(Role.MEMBER);
  }

  @Test
  void startsNoSessionForAPasswordThatChangesMeanwhile() throws Exception {
    User owner = owner(account());
    SecretToken token = token();
    AuditEvent event = event(owner.account(), Action.SIGNED_IN);
    Optional<Session> session =
        during(
            setting(owner, "passwordHash", NEW_PASSWORD.hash()),
            () -> sessions.start(owner.id(), PASSWORD, token.hash(), event));
    assertThat(session).isEmpty();
    assertThat(sessions.find(token.hash())).isEmpty();
    assertThat(passwordOf(owner)).contains(NEW_PASSWORD.hash());
  }

  @Test
  void changesRoleAndPasswordAtOnce() throws Exception {
    AccountId account = account();
    User member = joined(account, Role.MEMBER);
    during(
        setting(member, "passwordHash", NEW_PASSWORD.hash()),
        () ->
            users.changeRole(
                account, member.id(), Role.OWNER, event(account, Action.ROLE_CHANGED)));
    assertThat(passwordOf(member)).contains(NEW_PASSWORD.hash());
    during(setting(member, "role", "member"), () -> changePassword(member));
    assertThat(users.find(account, member.id()).orElseThrow().role()).isEqualTo(Role.MEMBER);
  }

  private static Consumer<EntityManager> setting(User user, String property, String value) {
    return entityManager ->
        entityManager
            .createQuery("update UserEntity set " + property + " = :value where id = :id")
            .setParameter("value", value)
            .setParameter("id", user.id().value())
            .executeUpdate();
  }

  /**
   * Changes something, and commits once the other work waits for that, or is done without waiting.
   */
  private <T> T during(Consumer<EntityManager> change, Callable<T> other) throws Exception {
    return during(change, other, entityManager -> {});
  }

  private <T> T during(
      Consumer<EntityManager> change, Callable<T> other, Consumer<EntityManager> then)
      throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<T> result =
          database.transaction(
              entityManager -> {
                change.accept(entityManager);
                Future<T> begun = thread.submit(other);
                await().until(() -> begun.isDone() || kind.somebodyWaits(database));
                then.accept(entityManager);
                return begun;
              });
      return result.get();
    } finally {
      thread.shutdownNow();
    }
  }

  private static Consumer<EntityManager> locking(User user) {
    return entityManager -> assertThat(UserEntity.lock(entityManager, user.id())).isPresent();
  }

  @Test
  void takesAnInvitationOnce() throws Exception {
    AccountId account = account();
    SecretToken token = token();
    Invitation invitation =
        invite(account, "New-" + UUID.randomUUID() + "@Example.com", Role.MEMBER, token);
    assertThat(invitations.find(token.hash())).contains(invitation);
    assertThat(invitations.findFor(invitation.draft().email())).contains(invitation);
    assertThat(invitations.list(account)).containsExactly(invitation);
    List<Invitations.Accepted> accepted =
        atOnce(() -> accept(invitation), () -> accept(invitation));
    assertThat(accepted).hasAtLeastOneElementOfType(Invitations.Accepted.Joined.class);
    assertThat(accepted).filteredOn(a -> a instanceof Invitations.Accepted.Joined).hasSize(1);
    assertThat(invitations.find(token.hash())).isEmpty();
    assertThat(users.list(account))
        .filteredOn(user -> user.email().equals(invitation.draft().email()))
        .singleElement()
        .satisfies(user -> assertThat(user.role()).isEqualTo(Role.MEMBER));
  }

  @Test
  void forgetsAnInvitationThatExpiredOrWasRevokedOrReplaced() {
    AccountId account = account();
    String email = UUID.randomUUID() + "@example.com";
    SecretToken replaced = token();
    SecretToken current = token();
    Invitation first = invite(account, email, Role.MEMBER, replaced);
    Invitation second = invite(account, email, Role.OWNER, current);
    assertThat(invitations.find(replaced.hash())).isEmpty();
    assertThat(accept(first)).isInstanceOf(Invitations.Accepted.Gone.class);
    assertThat(invitations.list(account)).containsExactly(second);
    AuditEvent revoking = event(account, Action.INVITATION_REVOKED);
    assertThat(invitations.revoke(account(), second.id(), revoking)).isFalse();
    assertThat(invitations.revoke(account, second.id(), revoking)).isTrue();
    assertThat(invitations.revoke(account, second.id(), revoking)).isFalse();
    assertThat(accept(second)).isInstanceOf(Invitations.Accepted.Gone.class);
    SecretToken late = token();
    Invitation third = invite(account, email, Role.MEMBER, late);
    clock.advance(Duration.ofHours(72));
    assertThat(invitations.find(late.hash())).isEmpty();
    assertThat(accept(third)).isInstanceOf(Invitations.Accepted.Gone.class);
  }

  @Test
  void letsAnAddressBelongToOneUser() {
    AccountId account = account();
    User elsewhere = owner(account());
    assertThat(
            invitations.create(
                new Invitation.Draft(account, owner(account).email(), Role.MEMBER, "x"),
                token().hash(),
                clock.instant().plusSeconds(60),
                event(account, Action.USER_INVITED)))
        .isInstanceOf(Invitations.Made.IsMember.class);
    Invitation invitation = invite(account, elsewhere.email(), Role.MEMBER, token());
    assertThat(accept(invitation)).isInstanceOf(Invitations.Accepted.AddressTaken.class);
  }

  private KeyHash playgroundKey(Session session) {
    KeyHash hash = keyHash();
    assertThat(playground.issue(session, hash, "eco_1234", inHalfAnHour())).isTrue();
    return hash;
  }

  private KeyHash keyHash() {
    return KeyHash.of(ApiKeyText.generate(random).getBytes(StandardCharsets.UTF_8));
  }

  private Instant inHalfAnHour() {
    return clock.instant().plus(Duration.ofMinutes(30));
  }

  private boolean inForce(KeyHash key) {
    catalog.refresh();
    return catalog.get().keys().find(key).isPresent();
  }

  @Test
  void endsPlaygroundKeysWithTheirSession() {
    User owner = owner(account());
    Session one = start(owner, token());
    Session other = start(owner, token());
    KeyHash keyOfOne = playgroundKey(one);
    KeyHash keyOfOther = playgroundKey(other);
    assertThat(inForce(keyOfOne)).isTrue();
    sessions.end(one, event(owner.account(), Action.SIGNED_OUT));
    assertThat(inForce(keyOfOne)).isFalse();
    assertThat(inForce(keyOfOther)).isTrue();
    sessions.endAll(owner.id(), event(owner.account(), Action.SIGNED_OUT_EVERYWHERE));
    assertThat(inForce(keyOfOther)).isFalse();
  }

  @Test
  void issuesNoPlaygroundKeyToASessionThatEnds() throws Exception {
    User owner = owner(account());
    Session session = start(owner, token());
    boolean issued =
        during(
            locking(owner).andThen(removing(session)),
            () -> playground.issue(session, keyHash(), "eco_1234", inHalfAnHour()));
    assertThat(issued).isFalse();
    assertThat(keys.listWithPlayground(owner.account())).isEmpty();
  }

  private static Consumer<EntityManager> removing(Session session) {
    return entityManager ->
        entityManager
            .createQuery("delete SessionEntity where id = :id")
            .setParameter("id", session.id().value())
            .executeUpdate();
  }

  @Test
  void endsAPlaygroundKeyThatIsIssuedWhileItsSessionEnds() throws Exception {
    User owner = owner(account());
    AuditEvent event = event(owner.account(), Action.SIGNED_OUT);
    Session one = start(owner, token());
    KeyHash keyOfOne = keyHash();
    during(issuing(one, keyOfOne), () -> ended(() -> sessions.end(one, event)));
    assertThat(inForce(keyOfOne)).isFalse();
    Session other = start(owner, token());
    KeyHash keyOfOther = keyHash();
    during(issuing(other, keyOfOther), () -> ended(() -> sessions.endAll(owner.id(), event)));
    assertThat(inForce(keyOfOther)).isFalse();
  }

  private static boolean ended(Runnable ending) {
    ending.run();
    return true;
  }

  private Consumer<EntityManager> issuing(Session session, KeyHash key) {
    return entityManager -> {
      locking(session.user()).accept(entityManager);
      KeyEntity row = new KeyEntity();
      row.reissue(session, key, "eco_1234", clock.instant(), inHalfAnHour());
      entityManager.persist(row);
      entityManager.flush();
    };
  }

  @Test
  void removesAUserToWhomAKeyIsIssuedAtTheSameTime() throws Exception {
    AccountId account = account();
    User member = joined(account, Role.MEMBER);
    KeyHash key = playgroundKey(start(member, token()));
    Users.Change change =
        during(
            locking(member),
            () -> users.remove(account, member.id(), event(account, Action.USER_REMOVED)),
            Database::bumpCatalogVersion);
    assertThat(change).isEqualTo(Users.Change.DONE);
    assertThat(inForce(key)).isFalse();
  }

  @Test
  void remembersADeviceWhileTheOldestGoes() throws Exception {
    JpaKnownDevices devices = new JpaKnownDevices(database, clock);
    User owner = owner(account());
    KeyHash oldest = keyHash();
    devices.remember(owner.id(), oldest);
    for (int i = 0; i < 19; i++) {
      clock.advance(Duration.ofSeconds(1));
      devices.remember(owner.id(), keyHash());
    }
    KeyHash added = keyHash();
    during(
        entityManager ->
            entityManager
                .createQuery("delete KnownDeviceEntity where sha256 = :oldest")
                .setParameter("oldest", oldest.hex())
                .executeUpdate(),
        () -> ended(() -> devices.remember(owner.id(), added)));
    assertThat(devices.isKnown(owner.id(), added)).isTrue();
    KeyHash another = keyHash();
    clock.advance(Duration.ofSeconds(1));
    devices.remember(owner.id(), another);
    devices.remember(owner.id(), another);
    assertThat(devices.isKnown(owner.id(), another)).isTrue();
    devices.remember(new UserId(987_654), keyHash()); // removed a moment ago
  }

  @Test
  void doesNotPileUpPlaygroundKeys() {
    User owner = owner(account());
    Session session = start(owner, token());
    KeyHash first = playgroundKey(session);
    for (int i = 0; i < 20; i++) {
      clock.advance(Duration.ofSeconds(1));
      playgroundKey(session);
    }
    assertThat(keys.list(owner.account())).isEmpty();
    assertThat(keys.listWithPlayground(owner.account())).hasSize(8);
    assertThat(inForce(first)).isFalse();
    clock.advance(Duration.ofMinutes(31));
    KeyHash last = playgroundKey(session);
    catalog.refresh();
    assertThat(inForce(last)).isTrue();
    assertThat(keys.listWithPlayground(owner.account())).hasSize(8);
    assertThat(keys.listWithPlayground(owner.account()))
        .filteredOn(issued -> !issued.key().isExpiredAt(clock.instant()))
        .extracting(IssuedKey::prefix)
        .hasSize(1);
  }

  @Test
  void knowsAProvidersUserByItsNameForThem() {
    User owner = owner(account());
    Proof.Provider provider = new Proof.Provider("https://login.example.com", random());
    assertThat(providerUsers.findOrLink(provider, "nobody-" + owner.email())).isEmpty();
    assertThat(providerUsers.findOrLink(provider, owner.email()))
        .map(User::id)
        .contains(owner.id());
    assertThat(providerUsers.findOrLink(provider, "renamed@example.com"))
        .map(User::id)
        .contains(owner.id());
    Proof.Provider impostor = new Proof.Provider("https://login.example.com", random());
    assertThat(providerUsers.findOrLink(impostor, owner.email())).isEmpty();
  }

  @Test
  void endsWhatSomebodyElseMayHaveWhenTheAddressIsProven() {
    User owner = owner(account());
    SecretToken before = token();
    KeyHash key = playgroundKey(start(owner, before));
    Proof.Provider provider = new Proof.Provider("https://login.example.com", random());
    providerUsers.findOrLink(provider, owner.email());
    assertThat(passwordOf(owner)).isEmpty();
    assertThat(sessions.find(before.hash())).isEmpty();
    assertThat(inForce(key)).isFalse();
    assertThat(audit.list(Optional.of(owner.account()), Optional.empty(), 1))
        .extracting(AuditEntry::action)
        .containsExactly("provider_linked");
    SecretToken after = token();
    AuditEvent event = event(owner.account(), Action.SIGNED_IN);
    assertThat(sessions.start(owner.id(), PASSWORD, token().hash(), event)).isEmpty();
    assertThat(sessions.start(owner.id(), provider, after.hash(), event)).isPresent();
    providerUsers.findOrLink(provider, owner.email());
    assertThat(sessions.find(after.hash())).isPresent();
  }

  @Test
  void makesAnAccountForAStranger() {
    Proof.Provider provider = new Proof.Provider("https://login.example.com", random());
    String email = random() + "@example.com";
    User user = providerUsers.signUp(provider, email).orElseThrow();
    assertThat(user.role()).isEqualTo(Role.OWNER);
    assertThat(users.credentials(email).orElseThrow().passwordHash()).isEmpty();
    assertThat(providerUsers.signUp(provider, email)).isEmpty();
    assertThat(providerUsers.findOrLink(provider, email)).map(User::id).contains(user.id());
  }

  private static String random() {
    return UUID.randomUUID().toString();
  }

  @Test
  void keepsTheAuditLogApartForEachAccount() {
    AccountId account = account();
    for (Action action : new Action[] {Action.KEY_ISSUED, Action.KEY_REVOKED, Action.PRICE_SET}) {
      audit.record(event(account, action));
    }
    audit.record(
        new AuditEvent(
            Optional.of(account()), "x".repeat(400), Action.SIGNED_IN, "", "é".repeat(2_000)));
    List<AuditEntry> all = audit.list(Optional.of(account), Optional.empty(), 10);
    assertThat(all)
        .extracting(AuditEntry::action)
        .containsExactly("price_set", "key_revoked", "key_issued");
    assertThat(audit.list(Optional.of(account), Optional.of(all.get(0).id()), 1))
        .containsExactly(all.get(1));
    assertThat(audit.list(Optional.empty(), Optional.empty(), 1000)).containsAll(all);
  }

  @Test
  void removesWhatNobodyAsksForAnyMore() {
    User owner = owner(account());
    SecretToken token = token();
    start(owner, token);
    KeyHash device = token().hash();
    JpaKnownDevices devices = new JpaKnownDevices(database, clock);
    devices.remember(owner.id(), device);
    Invitation open = invite(owner.account(), random() + "@example.com", Role.MEMBER, token());
    PeopleCleaning cleaning = new PeopleCleaning(database, clock, IDLE);
    cleaning.run();
    assertThat(sessions.find(token.hash())).isPresent();
    assertThat(devices.isKnown(owner.id(), device)).isTrue();
    assertThat(invitations.list(owner.account())).containsExactly(open);
    assertThat(rows("SessionEntity")).isPositive();
    clock.advance(Duration.ofDays(200));
    assertThat(devices.isKnown(owner.id(), device)).isFalse();
    cleaning.run();
    for (String table :
        List.of("SessionEntity", "SignInGuardEntity", "KnownDeviceEntity", "InvitationEntity")) {
      assertThat(rows(table)).as(table).isZero();
    }
    assertThat(rows("AuditEntryEntity")).isPositive();
  }

  private long rows(String table) {
    return database.transaction(
        entityManager ->
            entityManager
                .createQuery("select count(*) from " + table, Long.class)
                .getSingleResult());
  }
}
