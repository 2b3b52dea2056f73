package dev.hansa.wire;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses WIRE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.hansa.wire");

    private static void only(String room, String... imports) {
        classes().that().resideInAPackage(room).should().onlyDependOnClassesThat(resideInAnyPackage(imports)
                .or(resideInAnyPackage(room, "java..", "javax..", "org.jspecify.annotations"))).check(WIRE);
    }

    @Test
    void eachPackageImportsNoMoreThanItSays() {
        only("dev.hansa.wire");
        only("dev.hansa.wire.proto", "com.google.protobuf..");
        only("dev.hansa.wire.message", "dev.hansa.wire", "dev.hansa.wire.proto", "dev.hansa.wire.trust",
                "com.google.protobuf..", "dev.hansa.core..");
        only("dev.hansa.wire.disk");
        only("dev.hansa.wire.safetensors", "dev.hansa.wire", "dev.hansa.wire.disk", "com.google.gson..",
                "dev.hansa.core",
                "dev.hansa.core.model");
        only("dev.hansa.wire.update", "dev.hansa.wire", "dev.hansa.wire.safetensors", "com.github.luben.zstd..",
                "dev.hansa.core..");
        only("dev.hansa.wire.trust", "dev.hansa.wire", "org.bouncycastle.math.ec.rfc8032");
    }

    @Test
    void noPackagesImportEachOtherInACircle() {
        slices().matching("dev.hansa.wire.(*)..").should().beFreeOfCycles().check(WIRE);
    }
}
