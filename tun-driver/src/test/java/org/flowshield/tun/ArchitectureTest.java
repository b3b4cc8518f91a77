package org.flowshield.tun;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Keeps the module's boundaries. */
class ArchitectureTest {

    private static final JavaClasses MODULE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.flowshield.tun");

    @Test
    void knows_nothing_but_jna() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "com.sun.jna..", "org.jspecify..", "org.flowshield.tun..")
                .because("a driver must be usable, and understood, without the rest")
                .check(MODULE);
    }

    @Test
    void only_platform_code_touches_native_code() {
        noClasses()
                .that()
                .resideInAPackage("org.flowshield.tun")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .because("what is pure is tested on every system")
                .check(MODULE);
    }

    @Test
    void plans_are_values() {
        noClasses()
                .that()
                .resideInAPackage("org.flowshield.tun.plan")
                .or()
                .haveSimpleNameEndingWith("NetworkPlan")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.sun.jna..", "java.io..", "java.nio.file..")
                .because("what will be done on another system is only to be seen as a value here")
                .check(MODULE);
    }

    @Test
    void the_port_does_not_know_its_drivers() {
        noClasses()
                .that()
                .resideInAPackage("org.flowshield.tun")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.flowshield.tun.linux..",
                        "org.flowshield.tun.macos..",
                        "org.flowshield.tun.windows..")
                .because("drivers are found by the system's service loader")
                .check(MODULE);
    }
}
