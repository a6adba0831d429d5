/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// The arrows between modules and the walls inside them, over the classes of every module.
final class ArchitectureTest {
  private static final JavaClasses BITS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("page.bits");

  private static final DescribedPredicate<JavaClass> LIVE =
      resideInAPackage("page.bits.live..")
          .and(not(resideInAnyPackage("page.bits.live.jetty..", "page.bits.live.jte..")));

  /// The one class of `bits-db` that may read clocks and random sources.
  private static final String WORLD = "page.bits.db.internal.peer.SystemWorld";

  @Test
  void classPath_everyModule_isSeen() {
    List<String> modules =
        List.of(
            "edn",
            "error",
            "db",
            "storage.jdbc",
            "live",
            "live.jetty",
            "live.jte",
            "app",
            "cli",
            "testkit");
    assertThat(modules)
        .allMatch(module -> BITS.stream().anyMatch(in("page.bits." + module + ".")), "has classes");
  }

  private static Predicate<JavaClass> in(String prefix) {
    return type -> type.getName().startsWith(prefix);
  }

  @Test
  void modules_dependencies_pointDown() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("edn")
        .definedBy("page.bits.edn..", "page.bits.error..")
        .layer("db")
        .definedBy("page.bits.db..")
        .layer("testkit")
        .definedBy("page.bits.testkit..")
        .layer("storage-jdbc")
        .definedBy("page.bits.storage.jdbc..")
        .layer("live")
        .definedBy(LIVE)
        .layer("live-jetty")
        .definedBy("page.bits.live.jetty..")
        .layer("live-jte")
        .definedBy("page.bits.live.jte..")
        .layer("app")
        .definedBy("page.bits.app..")
        .layer("cli")
        .definedBy("page.bits.cli..")
        .whereLayer("edn")
        .mayNotAccessAnyLayer()
        .whereLayer("db")
        .mayOnlyAccessLayers("edn")
        .whereLayer("testkit")
        .mayOnlyAccessLayers("db", "edn")
        .whereLayer("storage-jdbc")
        .mayOnlyAccessLayers("db", "edn")
        .whereLayer("live")
        .mayOnlyAccessLayers("db", "edn")
        .whereLayer("live-jetty")
        .mayOnlyAccessLayers("live", "db", "edn")
        .whereLayer("live-jte")
        .mayOnlyAccessLayers("live", "db", "edn")
        .whereLayer("app")
        .mayOnlyAccessLayers("live-jetty", "live-jte", "live", "storage-jdbc", "db", "edn")
        .whereLayer("cli")
        .mayOnlyAccessLayers("app", "live-jetty", "live-jte", "live", "storage-jdbc", "db", "edn")
        .check(BITS);
  }

  /// The outside face is one package for its users: its entry points start what lies inside, and
  /// what lies inside is made of its values. Those arrows are left out on both sides here; among
  /// themselves, the packages inside have no cycle.
  @Test
  void packages_dependencies_haveNoCycle() {
    slices()
        .matching("page.bits.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(inPackage("page.bits.db"), resideInAPackage("page.bits.db.."))
        .check(BITS);
  }

  @Test
  void internalPackages_otherModules_doNotSeeThem() {
    noClasses()
        .that()
        .resideOutsideOfPackages("page.bits.db..", "page.bits.testkit..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("page.bits.db.internal..")
        .check(BITS);
    noClasses()
        .that(are(not(LIVE)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("page.bits.live.internal..")
        .allowEmptyShould(true)
        .check(BITS);
  }

  @Test
  void database_inputAndOutput_areElsewhere() {
    noClasses()
        .that()
        .resideInAnyPackage("page.bits.edn..", "page.bits.error..", "page.bits.db..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.sql..", "javax.sql..", "java.net.http..", "java.nio.file..", "org.eclipse.."))
        .check(BITS);
  }

  @Test
  void database_timeAndChance_areReadInOneClass() {
    noClasses()
        .that()
        .resideInAnyPackage("page.bits.edn..", "page.bits.db..")
        .and()
        .doNotHaveFullyQualifiedName(WORLD)
        .should()
        .callMethodWhere(describe("reads a clock or a random source", this::isTimeOrChance))
        .orShould()
        .callConstructorWhere(describe("makes a random source", this::isRandomSource))
        .check(BITS);
    assertThat(BITS.contain(WORLD)).isTrue();
  }

  /// What a simulation has to have in its hands: who runs, and until when.
  @Test
  void peer_threadsAndTimedWaits_areAskedForInOneClass() {
    noClasses()
        .that()
        .resideInAPackage("page.bits.db.internal.peer..")
        .and()
        .doNotHaveFullyQualifiedName(WORLD)
        .should()
        .callMethodWhere(describe("starts a thread or waits for a time", this::isThreadOrTimedWait))
        .check(BITS);
  }

  private boolean isThreadOrTimedWait(JavaCall<?> call) {
    CodeUnitCallTarget target = call.getTarget();
    String name = target.getName();
    return switch (target.getOwner().getName()) {
      case "java.lang.Thread" ->
          Set.of("sleep", "startVirtualThread", "ofPlatform", "ofVirtual", "join").contains(name);
      case "java.util.concurrent.locks.LockSupport" ->
          Set.of("parkNanos", "parkUntil").contains(name);
      case "java.util.concurrent.locks.Lock", "java.util.concurrent.locks.ReentrantLock" ->
          name.equals("newCondition")
              || (name.equals("tryLock") && !target.getRawParameterTypes().isEmpty());
      case "java.util.concurrent.Executors" ->
          // with a factory of the world's, one thread that waits without an end is as good
          !name.equals("newSingleThreadExecutor") || target.getRawParameterTypes().isEmpty();
      case "java.util.concurrent.CompletableFuture" ->
          name.endsWith("Async") || name.endsWith("OnTimeout") || name.equals("orTimeout");
      case "java.lang.Object" -> Set.of("wait", "notify", "notifyAll").contains(name);
      default -> false;
    };
  }

  private boolean isTimeOrChance(JavaCall<?> call) {
    CodeUnitCallTarget target = call.getTarget();
    String owner = target.getOwner().getName();
    return switch (owner) {
      case "java.lang.System" -> Set.of("currentTimeMillis", "nanoTime").contains(target.getName());
      case "java.lang.Math" -> target.getName().equals("random");
      case "java.time.Instant", "java.time.LocalDateTime", "java.time.ZonedDateTime" ->
          target.getName().equals("now");
      case "java.time.Clock" -> target.getName().startsWith("system");
      case "java.util.UUID" -> target.getName().equals("randomUUID");
      case "java.util.concurrent.ThreadLocalRandom" -> target.getName().equals("current");
      default -> false;
    };
  }

  private boolean isRandomSource(JavaCall<?> call) {
    return Set.of("java.util.Random", "java.security.SecureRandom", "java.util.SplittableRandom")
        .contains(call.getTarget().getOwner().getName());
  }

  @Test
  void standardOutput_everyClass_leavesItAlone() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(BITS);
  }

  /// Users meet one root of errors: nothing to declare, nothing to unwrap.
  @Test
  void outsideFace_publicMethods_declareNoCheckedException() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(
            resideInAnyPackage(
                    "page.bits.edn", "page.bits.db", "page.bits.db.spi", "page.bits.live")
                .and(
                    describe(
                        "are public", type -> type.getModifiers().toString().contains("PUBLIC"))))
        .should(declareNoCheckedException())
        .check(BITS);
  }

  private static ArchCondition<JavaMethod> declareNoCheckedException() {
    return new ArchCondition<>("declare no checked exception") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        for (var thrown : method.getThrowsClause()) {
          boolean checked =
              !thrown.getRawType().isAssignableTo(RuntimeException.class)
                  && !thrown.getRawType().isAssignableTo(Error.class);
          if (checked) {
            events.add(
                SimpleConditionEvent.violated(
                    method, method.getFullName() + " declares " + thrown.getRawType().getName()));
          }
        }
      }
    };
  }

  /// What reaches a user is `BitsException`. A record's check of its own components is left out: it
  /// can only meet a bug in code, never data.
  @Test
  void outsideFace_exceptions_areOfOurRoot() {
    noClasses()
        .that()
        .resideInAnyPackage("page.bits.edn", "page.bits.db", "page.bits.db.spi", "page.bits.live")
        .and()
        .arePublic()
        .and()
        .areNotRecords()
        .should()
        .callConstructorWhere(
            describe(
                "makes a general exception",
                call ->
                    Set.of(
                            "java.lang.RuntimeException",
                            "java.lang.IllegalStateException",
                            "java.lang.IllegalArgumentException",
                            "java.lang.UnsupportedOperationException",
                            "java.lang.Exception")
                        .contains(call.getTarget().getOwner().getName())))
        .check(BITS);
  }

  private static DescribedPredicate<JavaClass> inPackage(String name) {
    return describe("in package " + name, type -> type.getPackageName().equals(name));
  }
}
