package com.ecohash.ecolink;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ws.rs.Path;
import java.util.stream.Stream;

/** The house: which room may know which. What is not said here is not allowed. */
@AnalyzeClasses(
    packages = ArchitectureTest.HOUSE,
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  static final String HOUSE = "com.ecohash.ecolink";

  /** A resource below {@code /api/admin} is the operator's alone. */
  @ArchTest
  static final ArchRule ADMIN =
      classes()
          .that(
              DescribedPredicate.describe(
                  "are resources below /api/admin", ArchitectureTest::isBelowAdmin))
          .should()
          .beAnnotatedWith(HOUSE + ".console.OperatorOnly");

  private static boolean isBelowAdmin(JavaClass type) {
    return type.tryGetAnnotationOfType(Path.class)
        .filter(path -> path.value().matches("/?admin(/.*)?"))
        .isPresent();
  }

  /** Every room may know these, and itself. */
  private static final String EVERYBODYS = "ids";

  /** Typed names for things, and nothing else. */
  @ArchTest static final ArchRule IDS = room("ids").mayKnow();

  /** The data plane's edge. */
  @ArchTest
  static final ArchRule API =
      room("api")
          .mayKnow(
              "web",
              "access",
              "instances",
              "routing",
              "relay",
              "openai",
              "metering",
              "billing",
              "money",
              "media",
              "video",
              "catalog");

  /** The management API's edge. */
  @ArchTest
  static final ArchRule CONSOLE =
      room("console")
          .mayKnow(
              "web",
              "access",
              "instances",
              "routing",
              "metering",
              "billing",
              "money",
              "catalog",
              "openai",
              "fleet",
              "conformance",
              "secrets");

  /** What both edges do alike. */
  @ArchTest static final ArchRule WEB = room("web").mayKnow("openai", "money");

  /** Who calls, and how fast they may. */
  @ArchTest static final ArchRule ACCESS = room("access").mayKnow("money");

  /** What runs where. */
  @ArchTest static final ArchRule INSTANCES = room("instances").mayKnow();

  /** Which replica next. */
  @ArchTest static final ArchRule ROUTING = room("routing").mayKnow("instances");

  /** Move the bytes. */
  @ArchTest static final ArchRule RELAY = room("relay").mayKnow("routing", "instances", "openai");

  /** The wire contract. */
  @ArchTest static final ArchRule OPENAI = room("openai").mayKnow();

  /** How long a piece of audio or video is. */
  @ArchTest static final ArchRule MEDIA = room("media").mayKnow();

  /** Usage taps and records. */
  @ArchTest
  static final ArchRule METERING =
      room("metering").mayKnow("openai", "media", "instances", "access", "money");

  /** Videos that take longer than an answer. */
  @ArchTest
  static final ArchRule VIDEO =
      room("video")
          .mayKnow("instances", "relay", "metering", "billing", "money", "openai", "catalog");

  /** Prices, charges, the ledger. */
  @ArchTest
  static final ArchRule BILLING =
      room("billing").mayKnow("money", "metering", "instances", "access");

  /** The life of instances. */
  @ArchTest
  static final ArchRule FLEET =
      room("fleet").mayKnow("instances", "routing", "catalog", "access", "billing", "money");

  /** What is encrypted at rest. */
  @ArchTest static final ArchRule SECRETS = room("secrets").mayKnow();

  /** Whether a container speaks as it should. */
  @ArchTest
  static final ArchRule CONFORMANCE =
      room("conformance").mayKnow("instances", "relay", "routing", "openai");

  /** Exact amounts. */
  @ArchTest static final ArchRule MONEY = room("money").mayKnow();

  /** The snapshot that the data plane reads. */
  @ArchTest
  static final ArchRule CATALOG =
      room("catalog").mayKnow("access", "instances", "billing", "money");

  /** Entities and repositories. */
  @ArchTest
  static final ArchRule PERSISTENCE =
      room("persistence")
          .mayKnow(
              "access",
              "instances",
              "routing",
              "metering",
              "billing",
              "money",
              "video",
              "catalog",
              "conformance",
              "secrets");

  /** Listens and changes nothing. */
  @ArchTest
  static final ArchRule TELEMETRY =
      room("telemetry")
          .mayKnow(
              "access", "instances", "routing", "relay", "metering", "billing", "money", "catalog");

  /** It must run before anything of the application can be loaded. */
  @ArchTest
  static final ArchRule THE_LAUNCHER_KNOWS_ONLY_THE_JDK_AND_THE_SERVER =
      classes()
          .that(are("launcher"))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  packageOf("launcher"),
                  "java..",
                  "jakarta.servlet..",
                  "org.eclipse.jetty..",
                  "org.slf4j..",
                  "ch.qos.logback..",
                  "org.jspecify.."))
          .allowEmptyShould(true);

  /** These run on the class path of {@code java -jar}, which is the archive and nothing else. */
  @ArchTest
  static final ArchRule WHAT_RUNS_BEFORE_UNPACKING_KNOWS_ONLY_THE_JDK =
      classes()
          .that(are("launcher"))
          .and()
          .haveNameMatching(".*\\.(Main|LauncherSettings|SettingSource|UnpackedArchive)(\\$.*)?")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(packageOf("launcher"), "java..", "org.jspecify.."))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule NOBODY_KNOWS_THE_LAUNCHER_OR_THE_BOOT =
      noClasses()
          .that(not(are("launcher")))
          .and(not(are("boot")))
          .should()
          .dependOnClassesThat(are("launcher").or(are("boot")));

  @ArchTest
  static final ArchRule THE_BOOT_DOES_NOT_KNOW_THE_LAUNCHER =
      noClasses()
          .that(are("boot"))
          .should()
          .dependOnClassesThat(are("launcher"))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule ONLY_PERSISTENCE_KNOWS_JPA_AND_HIBERNATE =
      noClasses()
          .that(not(are("persistence")))
          .should()
          .dependOnClassesThat(resideInAnyPackage("jakarta.persistence..", "org.hibernate.."));

  @ArchTest
  static final ArchRule ONLY_TELEMETRY_KNOWS_OPENTELEMETRY =
      noClasses()
          .that(not(are("telemetry")))
          .should()
          .dependOnClassesThat(resideInAPackage("io.opentelemetry.."));

  @ArchTest
  static final ArchRule ONLY_THE_EDGES_KNOW_JAX_RS =
      noClasses()
          .that(not(are("api")))
          .and(not(are("console")))
          .and(not(are("web")))
          .should()
          .dependOnClassesThat(resideInAPackage("jakarta.ws.rs.."));

  @ArchTest
  static final ArchRule THE_WIRE_CONTRACT_KNOWS_ONLY_THE_JDK_AND_JSON =
      classes()
          .that(are("openai"))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  packageOf("openai"),
                  packageOf(EVERYBODYS),
                  "java..",
                  "com.fasterxml.jackson..",
                  "org.jspecify.."))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule MONEY_KNOWS_ONLY_THE_JDK =
      classes()
          .that(are("money"))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(packageOf("money"), "java..", "org.jspecify.."))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule MEDIA_KNOWS_ONLY_THE_JDK =
      classes()
          .that(are("media"))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(packageOf("media"), "java..", "org.jspecify.."));

  @ArchTest
  static final ArchRule NO_ROOM_IS_IN_A_CIRCLE_WITH_ANOTHER =
      slices().matching(HOUSE + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_NAME_HIDES_WHAT_A_CLASS_DOES =
      noClasses().should().haveNameMatching(".*(Manager|Utils?|Helper|Impl)");

  @ArchTest
  static final ArchRule LOGS_GO_THROUGH_SLF4J =
      noClasses().should().dependOnClassesThat(resideInAPackage("java.util.logging.."));

  @ArchTest
  static final ArchRule ONLY_THE_LAUNCHER_WRITES_TO_THE_CONSOLE =
      noClasses()
          .that(not(are("launcher")))
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule NOTHING_IS_INJECTED_INTO_A_FIELD =
      noFields().should().beAnnotatedWith("jakarta.inject.Inject");

  /** A sentence about one room, which may not exist yet. */
  private record Room(String name) {
    ArchRule mayKnow(String... others) {
      String[] allowed =
          Stream.concat(Stream.of(name, EVERYBODYS), Stream.of(others))
              .map(ArchitectureTest::packageOf)
              .toArray(String[]::new);
      return noClasses()
          .that(are(name))
          .should()
          .dependOnClassesThat(resideInAPackage(HOUSE + "..").and(not(resideInAnyPackage(allowed))))
          .as("The room " + name + " knows no other than " + String.join(", ", others))
          .allowEmptyShould(true);
    }
  }

  private static Room room(String name) {
    return new Room(name);
  }

  private static DescribedPredicate<JavaClass> are(String room) {
    return resideInAPackage(packageOf(room)).as("are in the room " + room);
  }

  private static String packageOf(String room) {
    return HOUSE + "." + room + "..";
  }
}
