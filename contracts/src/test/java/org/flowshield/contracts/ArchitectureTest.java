package org.flowshield.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Keeps the module's boundaries. */
final class ArchitectureTest {

    private static final JavaClasses MODULE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.flowshield.contracts");

    @Test
    void knows_nothing_of_the_node() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.flowshield.node..",
                        "org.flowshield.libp2p..",
                        "org.flowshield.tun..",
                        "org.flowshield.app..")
                .because("contracts are used by whoever has money, not only by a node")
                .check(MODULE);
    }

    @Test
    void values_know_no_chain_and_no_library_of_one() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.flowshield.contracts.evm",
                        "org.flowshield.contracts.signing",
                        "org.flowshield.contracts.payment")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.web3j..",
                        "tools.jackson..",
                        "java.net..",
                        "org.flowshield.contracts.chain..")
                .because("a voucher is signed and checked without asking anybody")
                .check(MODULE);
    }

    @Test
    void ports_do_not_show_what_stands_behind_them() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.flowshield.contracts.chain",
                        "org.flowshield.contracts.channels",
                        "org.flowshield.contracts.token",
                        "org.flowshield.contracts.staking",
                        "org.flowshield.contracts.registry")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.web3j..",
                        "tools.jackson..",
                        "java.net.http..",
                        "org.flowshield.contracts.rpc..",
                        "org.flowshield.contracts.web3j..",
                        "org.flowshield.contracts.generated..")
                .because("the library of the chain must be replaceable by another")
                .check(MODULE);
    }

    @Test
    void generated_wrappers_stay_behind_the_ports() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.flowshield.contracts.web3j", "org.flowshield.contracts.generated")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.flowshield.contracts.generated")
                .because("their texts and numbers stand for addresses and amounts")
                .check(MODULE);
    }

    @Test
    void packages_form_no_circles() {
        slices().matching("org.flowshield.contracts.(*)..").should().beFreeOfCycles().check(MODULE);
    }
}
