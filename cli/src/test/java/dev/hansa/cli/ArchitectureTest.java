package dev.hansa.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String CLI = "dev.hansa.cli";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(CLI);

    @Test
    void whatShowsRunsKnowsCoreAlone() {
        classes().that().resideInAPackage(CLI + ".live..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "dev.hansa.core..", CLI + ".live..").check(CLASSES);
        classes().that().resideInAPackage(CLI + ".report..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "dev.hansa.core..", CLI + ".live..", CLI + ".promise..",
                        CLI + ".report..")
                .check(CLASSES);
        classes().that().resideInAPackage(CLI + ".promise..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "dev.hansa.core..", CLI + ".live..", CLI + ".promise..")
                .check(CLASSES);
    }

    @Test
    void onlyMainKnowsTheCommands() {
        noClasses().that().resideOutsideOfPackage(CLI + ".command..").and().doNotHaveFullyQualifiedName(CLI + ".Main")
                .should().dependOnClassesThat().resideInAPackage(CLI + ".command..").check(CLASSES);
    }

    @Test
    void aSweepKnowsRunsAndARunItsResultsAndNoneTheOther() {
        noClasses().that().resideInAnyPackage(CLI + ".io..", CLI + ".option..", CLI + ".results..", CLI + ".simulate..")
                .should().dependOnClassesThat().resideInAPackage(CLI + ".sweep..").check(CLASSES);
        noClasses().that().resideInAnyPackage(CLI + ".io..", CLI + ".option..", CLI + ".results..")
                .should().dependOnClassesThat().resideInAPackage(CLI + ".simulate..").check(CLASSES);
        noClasses().that().resideInAnyPackage(CLI + ".io..", CLI + ".option..")
                .should().dependOnClassesThat().resideInAPackage(CLI + ".results..").check(CLASSES);
    }

    @Test
    void onlyServeStartsACoordinator() {
        noClasses().that().doNotHaveSimpleName("Serve").should().dependOnClassesThat()
                .resideInAnyPackage("dev.hansa.server", "io.javalin..", "org.eclipse.jetty..").check(CLASSES);
    }
}
