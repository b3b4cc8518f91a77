package org.flowshield.libp2p;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Keeps the module's boundaries. */
class ArchitectureTest {

    private static final JavaClasses MODULE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.flowshield.libp2p");

    @Test
    void knows_nothing_of_the_product() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.flowshield.node..", "org.flowshield.tun..", "org.flowshield.app..")
                .because("a library that speaks libp2p must be replaceable by another")
                .check(MODULE);
    }

    @Test
    void values_know_nothing_of_the_network() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..libp2p.multiformats..",
                        "..libp2p.crypto..",
                        "..libp2p.peer..",
                        "..libp2p.multiaddr..",
                        "..libp2p.record..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.channel..", "..libp2p.host..", "..libp2p.transport..")
                .because("pure code takes bytes and gives records; sockets stay at the edge")
                .check(MODULE);
    }

    @Test
    void layers_know_nothing_of_the_host_above_them() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..libp2p.security..",
                        "..libp2p.yamux..",
                        "..libp2p.multistream..",
                        "..libp2p.transport..",
                        "..libp2p.resource..",
                        "..libp2p.detached..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..libp2p.host..")
                .because("the host is built of its layers, and not the other way round")
                .check(MODULE);
    }

    @Test
    void limits_are_counted_without_sockets() {
        noClasses()
                .that()
                .resideInAPackage("..libp2p.resource..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "..libp2p.yamux..", "..libp2p.transport..")
                .because("who may take how much is a calculation, tested without a network")
                .check(MODULE);
    }

    @Test
    void the_router_of_gossip_knows_neither_streams_nor_threads() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..libp2p.pubsub.mesh..",
                        "..libp2p.pubsub.memory..",
                        "..libp2p.pubsub.score..",
                        "..libp2p.pubsub.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "java.util.concurrent..", "..libp2p.host..")
                .because("a simulation runs the code that a node runs")
                .check(MODULE);
    }

    @Test
    void packages_form_no_circles() {
        slices().matching("org.flowshield.libp2p.(*)..").should().beFreeOfCycles().check(MODULE);
    }

    @Test
    void queues_and_pools_are_bounded() {
        noClasses()
                .should()
                .callConstructor(ConcurrentLinkedQueue.class)
                .orShould()
                .callMethod(Executors.class, "newCachedThreadPool")
                .because("every queue has a named limit and an overflow rule")
                .check(MODULE);
    }
}
