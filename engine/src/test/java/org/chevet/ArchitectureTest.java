package org.chevet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The walls between the engine's packages. */
@AnalyzeClasses(packages = "org.chevet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] PURE = {
        "org.chevet.hospital..",
        "org.chevet.event..",
        "org.chevet.occupancy..",
        "org.chevet.placement..",
        "org.chevet.forecast.."
    };

    @ArchTest
    static final ArchRule domainDoesNoInputOrOutput = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "com.hazelcast..", "java.sql..", "javax.sql..")
            .because("the simulator runs the same domain code as production")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule domainIsGivenTimeAndSeeds = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class)
            .because("every failure must be replayable from a seed")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule hospitalStandsAlone = knowsOnly("hospital");

    @ArchTest
    static final ArchRule eventKnowsHospital = knowsOnly("event", "hospital");

    @ArchTest
    static final ArchRule occupancyKnowsEvents = knowsOnly("occupancy", "hospital", "event");

    @ArchTest
    static final ArchRule forecastKnowsWhatIsSo = knowsOnly("forecast", "hospital", "event", "occupancy");

    @ArchTest
    static final ArchRule readModelsKnowNothingAboveOccupancy = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.chevet.placement..",
                    "org.chevet.forecast..",
                    "org.chevet.tension..",
                    "org.chevet.delegation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.chevet.runtime..", "org.chevet.journal..", "org.chevet.feed..", "org.chevet.cluster..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule journalKnowsFactsNotDecisions = knowsOnly("journal", "hospital", "event");

    @ArchTest
    static final ArchRule archiveFoldsWhatJournalsKeep =
            knowsOnly("archive", "hospital", "event", "occupancy", "journal", "runtime");

    @ArchTest
    static final ArchRule nothingOfTheEngineNeedsTheArchive = noClasses()
            .that()
            .resideOutsideOfPackage("org.chevet.archive..")
            .and()
            .resideOutsideOfPackages("org.chevet.web..", "org.chevet.simulations..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.chevet.archive..");

    @ArchTest
    static final ArchRule clusterKnowsFactsNotDecisions = knowsOnly("cluster", "hospital", "event", "journal");

    @ArchTest
    static final ArchRule feedReadsViewsAndAsksTheRuntime =
            knowsOnly("feed", "hospital", "event", "occupancy", "runtime");

    @ArchTest
    static final ArchRule engineStandsBelowTheOtherModules = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.chevet.web..", "org.chevet.simulations..")
            .allowEmptyShould(true);

    /** Of Chevet's own packages, this one uses only itself and those named. */
    private static ArchRule knowsOnly(String name, String... allowed) {
        DescribedPredicate<JavaClass> chevet = JavaClass.Predicates.resideInAPackage("org.chevet..");
        DescribedPredicate<JavaClass> known = JavaClass.Predicates.resideInAPackage("org.chevet." + name + "..");
        for (String other : allowed) {
            known = known.or(JavaClass.Predicates.resideInAPackage("org.chevet." + other + ".."));
        }
        return noClasses()
                .that()
                .resideInAPackage("org.chevet." + name + "..")
                .should()
                .dependOnClassesThat(chevet.and(DescribedPredicate.not(known)))
                .as(name + " knows only " + (allowed.length == 0 ? "itself" : String.join(", ", allowed)))
                .allowEmptyShould(true);
    }
}
