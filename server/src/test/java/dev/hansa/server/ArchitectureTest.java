package dev.hansa.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.hansa.server");

    @Test
    void theServerNeverSeesANode() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("dev.hansa.client..", "dev.hansa.core.client..")
                .check(SERVER);
    }

    @Test
    void noPackagesImportEachOther() {
        slices().matching("dev.hansa.server.(*)..").should().beFreeOfCycles().check(SERVER);
    }

    @Test
    void onlyTheHttpPackageKnowsHttp() {
        noClasses().that().resideOutsideOfPackage("dev.hansa.server.http..").should().dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta..").check(SERVER);
    }

    @Test
    void noiseThatProtectsComesFromNoSeed() {
        noClasses().should().dependOnClassesThat().haveSimpleName("SeededBytes").orShould().dependOnClassesThat()
                .haveSimpleName("SimulatedNoise").orShould().dependOnClassesThat()
                .haveFullyQualifiedName("java.util.SplittableRandom").check(SERVER);
    }
}
