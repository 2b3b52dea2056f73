package dev.hansa.core;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The floors of core: a package imports only lower ones, and nothing but the JDK. */
class ArchitectureTest {
    private static final String ROOT = "dev.hansa.core";
    /** Each package with those it may import; all may use the exceptions of the root. */
    private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
            entry("model", List.of()),
            entry("data", List.of("model")),
            entry("question", List.of("data")),
            entry("statistics", List.of("data", "question", "privacy.event", "privacy.noise")),
            entry("protocol", List.of("model", "data", "question", "privacy.distributed")),
            entry("aggregate", List.of("model", "data", "protocol")),
            entry("aggregate.robust", List.of("model", "data", "protocol", "aggregate")),
            entry("compress", List.of("model", "data", "protocol")),
            entry("kernel", List.of()),
            entry("privacy",
                    List.of("data", "privacy.clip", "privacy.distributed", "privacy.accounting",
                            "privacy.accounting.pld",
                            "privacy.accounting.rdp")),
            entry("privacy.rows", List.of("privacy.clip", "privacy.noise")),
            entry("privacy.noise", List.of("model")),
            entry("privacy.clip", List.of("model")),
            entry("privacy.correlated", List.of()),
            entry("privacy.distributed", List.of("model", "privacy.noise", "privacy.clip", "privacy.event")),
            entry("network", List.of("model", "data", "protocol", "kernel", "privacy.rows")),
            entry("learn", List.of("model", "data", "protocol", "aggregate", "kernel", "network", "privacy.noise",
                    "privacy.rows")),
            entry("strategy", List.of("model", "data", "protocol", "aggregate")),
            entry("mechanism",
                    List.of("model", "protocol", "aggregate", "strategy", "privacy", "privacy.clip",
                            "privacy.correlated", "privacy.distributed", "privacy.event", "privacy.noise",
                            "privacy.rows")),
            entry("client", List.of("model", "data", "protocol", "question", "statistics", "aggregate", "compress",
                    "learn", "strategy", "privacy.clip", "privacy.distributed", "privacy.noise")),
            entry("coordinator", List.of("model", "data", "protocol", "question", "statistics", "aggregate", "learn",
                    "strategy", "privacy", "privacy.accounting", "privacy.event", "mechanism", "privacy.noise")),
            entry("coordinator.select", List.of("model", "coordinator", "privacy.event")),
            entry("coordinator.fairness", List.of("model", "coordinator")),
            entry("privacy.event", List.of()),
            entry("privacy.numeric", List.of()),
            entry("privacy.audit", List.of("privacy.numeric")),
            entry("privacy.accounting", List.of("privacy.event", "privacy.numeric")),
            entry("privacy.accounting.pld", List.of("privacy.event", "privacy.numeric", "privacy.accounting")),
            entry("privacy.accounting.rdp", List.of("privacy.event", "privacy.numeric", "privacy.accounting")),
            entry("simulation",
                    List.of("model", "data", "protocol", "aggregate", "compress", "learn", "strategy", "client",
                            "coordinator", "privacy", "mechanism", "privacy.noise")));
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    @Test
    void eachPackageHasAFloor() {
        assertThat(CLASSES.stream().map(type -> type.getPackageName()).filter(name -> !name.equals(ROOT)).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        MAY_IMPORT.keySet().stream().map(name -> ROOT + "." + name).toList());
    }

    @Test
    void packagesImportLowerFloorsAndTheJdkAlone() {
        MAY_IMPORT.forEach((name, lower) -> {
            String[] allowed = Stream
                    .concat(Stream.of(ROOT, ROOT + "." + name, "java..", "javax.crypto..", "org.jspecify.annotations"),
                            lower.stream().map(room -> ROOT + "." + room))
                    .toArray(String[]::new);
            classes().that().resideInAPackage(ROOT + "." + name).should().onlyDependOnClassesThat()
                    .resideInAnyPackage(allowed).check(CLASSES);
        });
    }

    @Test
    void rootImportsNothing() {
        classes().that().resideInAPackage(ROOT).should().onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT, "java..", "org.jspecify.annotations").check(CLASSES);
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().haveModifier(FINAL).check(CLASSES);
        fields().that().areStatic().and().areNotPrivate().should().notHaveRawType("[.*").check(CLASSES);
        noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.lang.ThreadLocal").check(CLASSES);
    }

    @Test
    void chanceComesFromASeedAlone() {
        noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.util.Random").orShould()
                .dependOnClassesThat().haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom").orShould()
                .callMethod(Math.class, "random").orShould().callMethod(UUID.class, "randomUUID")
                .orShould().callConstructor(SplittableRandom.class).check(CLASSES);
    }

    /**
     * Noise that protects, and draws that are charged as a secret, come from keys that nobody knows; seeds are for
     * simulations, whose noise protects nobody, for the rotation, which everybody may know, and for draws that nobody is
     * charged for.
     */
    @Test
    void noiseThatProtectsComesFromKeys() {
        noClasses().that()
                .resideInAnyPackage(ROOT + ".privacy..", ROOT + ".mechanism..", ROOT + ".coordinator..").and()
                .doNotHaveSimpleName("SeededBytes").and().doNotHaveSimpleName("Rotation").and()
                .doNotHaveFullyQualifiedName(ROOT + ".coordinator.Coins$Known").and().doNotHaveSimpleName("CrossSite")
                .and().doNotHaveSimpleName("FirstModel").and().doNotHaveSimpleName("BySize").should()
                .dependOnClassesThat().haveFullyQualifiedName("java.util.SplittableRandom").check(CLASSES);
        noClasses().that().resideInAPackage(ROOT + ".privacy..").and().doNotHaveSimpleName("SecureBytes").should()
                .dependOnClassesThat().haveFullyQualifiedName("java.security.SecureRandom").check(CLASSES);
        noClasses().that().resideOutsideOfPackages(ROOT + ".privacy.noise", ROOT + ".simulation").should()
                .dependOnClassesThat().haveFullyQualifiedName(ROOT + ".privacy.noise.SeededBytes").check(CLASSES);
    }

    @Test
    void timeComesFromAClockAndNothingIsPrinted() {
        noClasses().should().callMethod(System.class, "currentTimeMillis").orShould()
                .callMethod(System.class, "nanoTime").orShould().callMethod(Instant.class, "now").orShould()
                .accessField(System.class, "out").orShould().accessField(System.class, "err").check(CLASSES);
    }
}
