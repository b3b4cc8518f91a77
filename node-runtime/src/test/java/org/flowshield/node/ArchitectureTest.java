package org.flowshield.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Keeps the module's boundaries. */
final class ArchitectureTest {

    private static final JavaClasses MODULE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.flowshield.node");

    @Test
    void knows_nothing_of_the_screens() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "javafx..", "org.flowshield.app..", "java.awt..", "javax.swing..")
                .because("the node runs on servers without a display")
                .check(MODULE);
    }

    @Test
    void the_product_does_not_need_the_lab() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..node.tunnel..",
                        "..node.client..",
                        "..node.provider..",
                        "..node.dns..",
                        "..node.resolver..",
                        "..node.routing..",
                        "..node.exit..",
                        "..node.restore..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..node.lab..", "..node.demo..", "..node.cli..")
                .because("the lab and the command line stand around the product, not below it")
                .check(MODULE);
    }

    @Test
    void routes_and_exit_do_not_know_the_tunnel() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..node.routing..",
                        "..node.resolver..",
                        "..node.exit..",
                        "..node.restore..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..node.tunnel..", "org.flowshield.libp2p..", "io.netty..")
                .because("they change a machine, whoever asks for it")
                .check(MODULE);
    }

    @Test
    void the_forwarder_of_names_does_not_know_who_asks() {
        noClasses()
                .that()
                .resideInAPackage("..node.dns..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..node.tunnel..", "..node.exit..", "..node.provider..", "..node.client..")
                .because("it is told who may ask, and whom to ask")
                .check(MODULE);
    }

    @Test
    void what_is_read_from_strangers_is_read_without_a_socket() {
        noClasses()
                .that()
                .haveNameMatching(".*dns\\.(DnsMessage|QueryLimits|MalformedDnsException)(\\$.*)?")
                .or()
                .haveNameMatching(".*exit\\.(ExitPolicy|ExitPlan|Cidr)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "java.nio.channels..", "java.nio.file..")
                .because("what can be tested without a network is written without one")
                .check(MODULE);
    }

    @Test
    void state_machines_and_messages_touch_nothing_outside() {
        noClasses()
                .that()
                .haveNameMatching(
                        ".*tunnel\\.(ClientSession|ProviderSession|Liveness|AddressPool)(\\$.*)?")
                .or()
                .resideInAPackage("..tunnel.control..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.flowshield.libp2p..",
                        "io.netty..",
                        "java.nio.file..",
                        "java.lang.foreign..")
                .because("what can be tested without a network is written without one")
                .check(MODULE);
    }

    @Test
    void the_clients_decisions_know_no_network_and_no_clock_of_the_wall() {
        noClasses()
                .that()
                .haveNameMatching(".*node\\.client\\.(ClientMachine|Backoff|Moment)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.flowshield.libp2p..",
                        "org.flowshield.tun..",
                        "io.netty..",
                        "java.io..",
                        "java.nio..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.time\\.(Clock|Instant)|java\\.util\\.Random")
                .because("time and chance are told to it: a step of the clock must change nothing")
                .check(MODULE);
    }

    @Test
    void what_the_api_tells_knows_no_socket_and_no_json() {
        noClasses()
                .that()
                .resideInAPackage("org.flowshield.node.api")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..api.http..",
                        "..api.json..",
                        "..api.client..",
                        "tools.jackson..",
                        "org.eclipse.jetty..",
                        "org.flowshield.libp2p..",
                        "java.nio..")
                .because("roles and screens share these values, whatever carries them")
                .check(MODULE);
    }

    @Test
    void a_program_that_steers_the_daemon_needs_nothing_of_its_libraries() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.flowshield.node.api", "..node.api.client..", "..node.api.json..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.netty..",
                        "com.sun.jna..",
                        "org.web3j..",
                        "org.flowshield.libp2p..",
                        "org.flowshield.tun..",
                        "org.eclipse.jetty.server..",
                        "..node.api.http..")
                .because("the desktop app uses the client and runs without the user's root rights")
                .check(MODULE);
    }

    @Test
    void only_the_api_knows_its_http_library() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "..node.api.http..", "..node.api.client..", "..node.fullnode.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jetty..")
                .because("what carries an API can be exchanged behind its server and its client")
                .check(MODULE);
    }

    @Test
    void only_the_command_line_chooses_the_platform() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..linux..", "..node.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.flowshield.node..linux..")
                .because(
                        "a feature is the same on each system; its adapter is chosen where it is"
                                + " wired")
                .check(MODULE);
    }

    @Test
    void the_wallets_keys_never_come_into_the_daemon() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "..node.wallet..",
                        "..node.desk..",
                        "..node.cli.wallet..",
                        "..node.cli.money..",
                        "..node.cli.identity..",
                        "..node.cli.share..",
                        "..node.cli.prompt..",
                        "..node.demo..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..node.wallet..")
                .because("the daemon pays within caps by a key of its own")
                .check(MODULE);
    }

    @Test
    void the_desk_does_not_know_who_sits_at_it() {
        noClasses()
                .that()
                .resideInAPackage("..node.desk..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..node.cli..", "picocli..", "javafx..")
                .because("a prompt and a window show the same things, each in its own way")
                .check(MODULE);
    }

    @Test
    void the_desks_ports_need_nothing_of_what_stands_behind_them() {
        noClasses()
                .that()
                .resideInAPackage("..node.desk..")
                .and()
                .resideOutsideOfPackage("..node.desk.local..")
                .or()
                .haveNameMatching(".*desk\\.local\\.DeskSettings(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..node.api.client..",
                        "..node.role..",
                        "org.flowshield.libp2p..",
                        "org.flowshield.contracts.rpc..",
                        "org.flowshield.contracts.web3j..",
                        "org.flowshield.contracts.sending..",
                        "org.eclipse.jetty..",
                        "org.web3j..",
                        "com.sun.jna..",
                        "io.netty..")
                .because("the desktop app compiles against them, and knows none of these")
                .check(MODULE);
    }

    @Test
    void the_wallet_knows_neither_daemon_nor_network() {
        noClasses()
                .that()
                .resideInAPackage("..node.wallet..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..node.daemon..",
                        "..node.client..",
                        "..node.provider..",
                        "..node.tunnel..",
                        "..node.cli..",
                        "..node.api.http..",
                        "org.flowshield.libp2p..",
                        "org.flowshield.contracts.rpc..",
                        "org.flowshield.contracts.web3j..",
                        "org.eclipse.jetty..",
                        "io.netty..")
                .because("what holds keys is small, and asks nobody")
                .check(MODULE);
    }

    @Test
    void words_keystores_and_what_is_signed_are_read_without_a_file() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..node.wallet.seed..",
                        "..node.wallet.keystore..",
                        "..node.wallet.signing..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..")
                .because("what can be tested without a file is written without one")
                .check(MODULE);
    }

    @Test
    void what_the_ledger_promises_knows_no_database_and_the_ledger_no_chain() {
        noClasses()
                .that()
                .resideInAPackage("org.flowshield.node.ledger")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..ledger.sqlite..", "org.jdbi..", "org.sqlite..", "java.sql..")
                .because("what keeps the ledger can be exchanged behind its interface")
                .check(MODULE);
        noClasses()
                .that()
                .resideInAPackage("..node.ledger..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.flowshield.contracts.rpc..",
                        "org.flowshield.contracts.web3j..",
                        "..node.payment..",
                        "..node.settlement..")
                .because("it keeps what it is told and judges nothing")
                .check(MODULE);
    }

    @Test
    void features_form_no_circles() {
        slices().matching("org.flowshield.node.(*)..").should().beFreeOfCycles().check(MODULE);
    }

    @Test
    void nothing_runs_through_a_shell_or_an_unbounded_pool() {
        noClasses()
                .should()
                .callMethod(Runtime.class, "exec", String.class)
                .orShould()
                .callMethod(Executors.class, "newCachedThreadPool")
                .orShould()
                .callConstructor(ConcurrentLinkedQueue.class)
                .because("commands are lists of arguments, and every queue has a limit")
                .check(MODULE);
    }
}
