package org.flowshield.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.flowshield.app.navigation.Destination;
import org.flowshield.app.settings.Settings;
import org.flowshield.node.config.BitRate;
import org.flowshield.node.identity.Roles;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {

    private static final JavaClasses APP =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.flowshield.app");

    @Test
    void the_app_knows_nothing_of_what_the_daemon_is_made_of() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.netty..",
                        "com.sun.jna..",
                        "org.web3j..",
                        "org.flowshield.libp2p..",
                        "org.flowshield.tun..",
                        "org.flowshield.contracts.rpc..",
                        "org.flowshield.contracts.web3j..",
                        "org.flowshield.contracts.generated..",
                        "picocli..")
                .because("it stands before the local API and the wallet's agent alone")
                .check(APP);
    }

    @Test
    void of_the_node_it_knows_what_a_person_deals_with() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.flowshield.node..")
                                .and(
                                        com.tngtech.archunit.base.DescribedPredicate.not(
                                                belongToAnyOf(BitRate.class, Roles.class)))
                                .and(
                                        com.tngtech.archunit.base.DescribedPredicate.not(
                                                resideInAnyPackage(
                                                        "org.flowshield.node.api",
                                                        "org.flowshield.node.api.client..",
                                                        "org.flowshield.node.api.identity..",
                                                        "org.flowshield.node.api.logs..",
                                                        "org.flowshield.node.api.market..",
                                                        "org.flowshield.node.api.network..",
                                                        "org.flowshield.node.api.payment..",
                                                        "org.flowshield.node.api.schedule..",
                                                        "org.flowshield.node.hours..",
                                                        "org.flowshield.node.desk..",
                                                        "org.flowshield.node.wallet..",
                                                        "org.flowshield.node.logging..",
                                                        "org.flowshield.node.disk.."))))
                .because("roles, servers and adapters are the daemon's")
                .check(APP);
    }

    @Test
    void screens_know_nothing_of_each_other() {
        slices().matching("org.flowshield.app.(*)..")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(Settings.class, Destination.class) // a name, as kept on the disk
                .because("each is understood and changed alone")
                .check(APP);
    }
}
