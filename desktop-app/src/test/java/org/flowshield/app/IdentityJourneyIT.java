package org.flowshield.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import org.flowshield.app.testkit.Bridge;
import org.flowshield.app.testkit.TestChain;
import org.flowshield.app.testkit.TestDaemon;
import org.flowshield.app.testkit.Toolkit;
import org.flowshield.app.text.Format;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.network.NetworkFile;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.BindingEvent;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.identity.IdentityStatus;
import org.flowshield.node.cli.FlowShield;
import org.flowshield.node.desk.local.DeskSettings;
import org.flowshield.node.desk.local.LocalDesk;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Plan;
import org.flowshield.node.desk.transaction.Proposal;
import org.flowshield.node.desk.transaction.Step;
import org.flowshield.node.desk.wallet.AgentStarter;
import org.flowshield.node.identity.BindingProof;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.wallet.keystore.Derivation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of a node's identity on the page of that name: all of the app as users get it, real
 * daemons, a real chain, and the process that holds the keys. App and daemons reach the chain by a
 * bridge that can be taken away; what the page says is compared with what the registry says to
 * somebody who asks it directly.
 */
final class IdentityJourneyIT extends JourneyTest {

    /** So that being in a block and being final are two things. */
    private static final int CONFIRMATIONS = 2;

    private static final Wei GAS = new Wei(BigInteger.TEN.pow(18));

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private static Path folder;

    private TestChain chain;
    private Bridge bridge;
    private int port;
    private TestDaemon own;
    private TestDaemon second;

    /** The person's, as soon as there is one. */
    private EvmAddress wallet = EvmAddress.ZERO;

    // ---- before and after ----

    @BeforeAll
    void open() throws Exception {
        assumeTrue(TestChain.missing().isEmpty(), TestChain.missing());
        chain = TestChain.start();
        chainComes();
        NetworkFile.write(network(), folder.resolve("network.toml"));
        own = daemon("own");
        second = daemon("second", "fullnode.listen=/ip4/127.0.0.1/tcp/0", "network.local=true");
        openApp(
                new Places(
                        own.socket(),
                        folder.resolve("app.json"),
                        folder.resolve("wallet"),
                        Optional.of(folder.resolve("network.toml")),
                        folder,
                        folder.resolve("app.log")));
    }

    private Network network() {
        return chain.network(URI.create("http://127.0.0.1:" + port), CONFIRMATIONS);
    }

    private static TestDaemon daemon(String name, String... settings) throws Exception {
        String[] all = Arrays.copyOf(settings, settings.length + 1);
        all[settings.length] = "chain.network=" + folder.resolve("network.toml");
        return TestDaemon.start(folder.resolve(name), all);
    }

    /** There is a way to it, the same as before. */
    private void chainComes() throws Exception {
        URI chainsOwn = chain.uri();
        bridge =
                Bridge.fromLoopback(
                        port, new InetSocketAddress(chainsOwn.getHost(), chainsOwn.getPort()));
        port = bridge.port();
    }

    private void chainGoes() throws Exception {
        bridge.close();
    }

    @AfterAll
    void end() throws Exception {
        try {
            closeApp(folder.resolve("wallet"));
            if (isBroken() && own != null) {
                System.err.println("the daemon said:\n" + own.log());
            }
        } finally {
            for (AutoCloseable each : Arrays.asList(second, own, bridge, chain)) {
                if (each != null) { // without a chain there is none
                    each.close();
                }
            }
        }
    }

    // ---- what the chain says, and the daemon ----

    private static NodeKey key(String peerId) throws Exception {
        return NodeKey.of(PeerId.parse(peerId)).orElseThrow();
    }

    private IdentityRegistry registry() {
        return chain.contracts().identities();
    }

    private Binding binding(String peerId) throws Exception {
        return registry().binding(wallet, key(peerId).bytes());
    }

    private BindingStatus status(String peerId) throws Exception {
        return binding(peerId).status();
    }

    private List<BindingEvent> events() throws Exception {
        return registry().events(0, chain.chain().head().number());
    }

    private IdentityStatus identity() throws Exception {
        return own.api().identity().status();
    }

    // ---- what the page says ----

    private void awaitRegistry(String begins) {
        await(begins, () -> text("identity-registry").startsWith(begins));
    }

    /** Whether something below that node says so. */
    private boolean says(String id, String words) {
        return isThere(id)
                && Toolkit.on(
                        () ->
                                node(id).lookupAll(".label").stream()
                                        .anyMatch(label -> saying(label, words)));
    }

    private static boolean saying(Node label, String words) {
        return label instanceof Labeled labeled && labeled.getText().contains(words);
    }

    private void agree() {
        await("a question", this::canAgree);
        use("transaction-agree");
    }

    /** One block has it, which is not enough; with the next one it is final. */
    private void becomesFinal() throws Exception {
        await(
                "it is in a block",
                () -> says("transaction-steps", "confirmation 1 of " + CONFIRMATIONS));
        assertThat(isThere("transaction-ended")).as("not final yet").isFalse();
        chain.mine();
        endedWell();
    }

    private void refused(String title) {
        await("a refusal", () -> isThere("transaction-failure"));
        assertThat(text("transaction-failure-title")).isEqualTo(title);
        assertThat(text("transaction-failure-todo")).isNotEmpty();
        closeTransaction();
    }

    private void revoke(String button, String peerId) {
        use(button);
        await("what it means", () -> isThere("identity-revoking"));
        assertThat(isOpen("identity-revoke-now")).isFalse();
        fill("identity-typed", peerId.substring(peerId.length() - 6));
        use("identity-revoke-now");
        await("a question", this::canAgree);
    }

    // ---- the steps ----

    @Test
    @Order(1)
    void a_new_node_is_nobodys() throws Exception {
        beginWithWallet();
        click("place-wallet");
        await("the address", () -> isThere("receive-address"));
        wallet = EvmAddress.parse(text("receive-address").replaceAll("\\s", ""));

        click("place-identity");
        await("its id", () -> isThere("identity-peer"));
        assertThat(text("identity-peer")).isEqualTo(own.api().peerId());
        assertThat(text("identity-registry")).isEqualTo("Not registered");
        assertThat(text("identity-certificate")).startsWith("None is shown");
        assertThat(events()).isEmpty();
        done();
    }

    @Test
    @Order(2)
    void with_a_wrong_password_or_without_the_chain_nothing_is_done() throws Exception {
        chainGoes();
        use("identity-register");
        await("the password is asked for", () -> isThere("transaction-unlock-password"));
        click("transaction-unlock-password");
        type("five little ponies");
        press(KeyCode.ENTER);
        await("it is refused", () -> isThere("transaction-failure"));
        assertThat(text("transaction-failure-title")).isEqualTo("The password is wrong");

        press(KeyCode.CONTROL, KeyCode.BACK_SPACE);
        unlock("transaction-unlock", PASSWORD);
        refused("The chain can't be reached");
        assertThat(events()).isEmpty();
        assertThat(identity().wallet()).isNull();
        assertThat(text("identity-registry")).isEqualTo("Not registered");
        done();
    }

    @Test
    @Order(3)
    void without_gas_nothing_is_done() throws Exception {
        chainComes();
        use("identity-register");
        refused("There is no money for gas");
        assertThat(events()).isEmpty();
        assertThat(identity().wallet()).isNull();
        done();
    }

    @Test
    @Order(4)
    void the_node_is_registered_when_the_chain_says_that_it_is_final() throws Exception {
        chain.give(wallet, GAS);
        use("identity-register");
        agree();
        becomesFinal();
        awaitRegistry("Registered as Provider since");
        assertThat(text("identity-certificate")).startsWith("Valid until");
        assertThat(text("identity-wallet")).isEqualTo(Format.grouped(wallet));

        NodeKey key = key(own.api().peerId());
        Binding binding = binding(own.api().peerId());
        assertThat(binding.status()).isEqualTo(BindingStatus.BOUND);
        assertThat(binding.roles()).isEqualTo(Roles.bits(Roles.PROVIDER));
        assertThat(events())
                .singleElement()
                .isInstanceOfSatisfying(
                        BindingEvent.Bound.class,
                        bound ->
                                assertThat(
                                                BindingProof.holds(
                                                        key,
                                                        registry().challenge(wallet, key.bytes()),
                                                        bound.proof()))
                                        .as("the node has agreed")
                                        .isTrue());
        assertThat(identity().wallet()).isEqualTo(wallet);
        done();
    }

    @Test
    @Order(5)
    void a_second_computer_of_the_wallet_is_shown() throws Exception {
        registerSecond();
        assertThat(status(second.api().peerId())).isEqualTo(BindingStatus.BOUND);

        click("place-connect");
        click("place-identity");
        await("it is shown", () -> isThere("identity-other-0"));
        assertThat(text("identity-other-0")).isEqualTo(Format.brief(second.api().peerId()));
        assertThat(text("identity-stands-0")).startsWith("Registered as Fullnode since");
        done();
    }

    /** As its owner does it there, who agrees to everything. */
    private void registerSecond() throws Exception {
        try (LocalDesk desk =
                LocalDesk.open(
                        new DeskSettings(
                                folder.resolve("wallet"),
                                second.socket(),
                                network(),
                                AgentStarter.byOwnJava(FlowShield.class.getName()),
                                Derivation.HERE))) {
            assertThat(desk.identity().register(wallet, Set.of(Roles.FULLNODE), owner()).ending())
                    .satisfies(ending -> assertThat(ending.isGood()).isTrue());
        }
    }

    private Conversation owner() {
        return new Conversation() {
            @Override
            public boolean begins(Plan plan) {
                return true;
            }

            @Override
            public boolean agrees(Proposal proposal) {
                return true;
            }

            @Override
            public void tell(Step step) {
                if (step instanceof Step.Included) {
                    mine();
                }
            }
        };
    }

    private void mine() {
        try {
            chain.mine();
        } catch (Exception e) {
            throw new AssertionError("no block is made", e);
        }
    }

    @Test
    @Order(6)
    void it_is_dialled_and_found_to_be_who_it_should_be() throws Exception {
        var _ = second.api().enable(RoleName.FULLNODE);
        String address =
                Objects.requireNonNull(second.api().status().fullnode()).multiaddrs().getFirst();
        Toolkit.run(this::chooseFullnode);
        fill("identity-node", address);
        use("identity-check");
        await("it is said", () -> isThere("identity-verdict"));
        assertThat(text("identity-verdict")).startsWith("All is right");
        assertThat(says("identity-checks", "It answers, with the key that its address names."))
                .isTrue();
        assertThat(says("identity-checks", "Its certificate is valid.")).isTrue();
        assertThat(says("identity-checks", "It was not revoked.")).isTrue();
        done();
    }

    @SuppressWarnings("unchecked")
    private void chooseFullnode() {
        ((ComboBox<Roles>) node("identity-role")).setValue(Roles.FULLNODE);
    }

    @Test
    @Order(7)
    void it_is_revoked_though_the_chain_goes_away_while_that_is_handed_in() throws Exception {
        String lost = second.api().peerId();
        revoke("identity-revoke-0", lost);
        chainGoes();
        use("transaction-agree");
        await("it is told", () -> says("transaction-steps", "The way to the chain is in trouble"));
        assertThat(status(lost)).as("it did not arrive").isEqualTo(BindingStatus.BOUND);

        chainComes();
        becomesFinal();
        await("it is told", () -> text("identity-stands-0").startsWith("Revoked on"));
        assertThat(status(lost)).isEqualTo(BindingStatus.REVOKED);
        assertThat(status(own.api().peerId())).isEqualTo(BindingStatus.BOUND);
        done();
    }

    @Test
    @Order(8)
    void nobody_is_told_to_trust_what_was_revoked() throws Exception {
        fill("identity-node", second.api().peerId());
        use("identity-check");
        await(
                "it is said",
                () ->
                        isThere("identity-verdict")
                                && text("identity-verdict").startsWith("Don’t trust this node"));
        assertThat(says("identity-checks", "It was revoked.")).isTrue();
        done();
    }

    @Test
    @Order(9)
    void a_new_key_is_used_from_the_daemons_next_start_on() throws Exception {
        String old = own.api().peerId();
        use("identity-rotate");
        agree();
        agree();
        becomesFinal();
        await("what is left to do", () -> isThere("identity-restart"));
        assertThat(text("identity-restart")).startsWith("A new key is registered. Restart");
        String next = String.valueOf(identity().nextPeerId());
        assertThat(status(next)).isEqualTo(BindingStatus.BOUND);
        assertThat(binding(next).roles()).isEqualTo(Roles.bits(Roles.PROVIDER));
        assertThat(status(old)).isEqualTo(BindingStatus.REVOKED);
        assertThat(own.api().peerId()).as("as long as it runs").isEqualTo(old);
        assertThat(isThere("identity-rotate")).as("one key at a time").isFalse();

        own.stop();
        await("it is missed", () -> isThere("unreachable-title"));
        own.startAgain();
        await("the page", () -> isThere("identity-peer") && !isThere("unreachable-title"));
        await("the new key", () -> text("identity-peer").equals(next));
        awaitRegistry("Registered as Provider since");
        assertThat(own.api().peerId()).isEqualTo(next);
        done();
    }

    @Test
    @Order(10)
    void its_own_key_is_revoked_for_ever_and_it_gets_a_new_one() throws Exception {
        String old = own.api().peerId();
        revoke("identity-revoke", old);
        use("transaction-agree");
        becomesFinal();
        awaitRegistry("Revoked on");
        assertThat(status(old)).isEqualTo(BindingStatus.REVOKED);
        assertThat(isThere("identity-register")).as("it can't be").isFalse();

        use("identity-rotate");
        agree();
        agree();
        becomesFinal();
        await("what is left to do", () -> isThere("identity-restart"));
        assertThat(status(String.valueOf(identity().nextPeerId()))).isEqualTo(BindingStatus.BOUND);
        assertThat(status(old)).isEqualTo(BindingStatus.REVOKED);
        done();
    }

    @Test
    @Order(11)
    void without_the_chain_the_page_says_so_and_with_it_all_is_there_again() throws Exception {
        chainGoes();
        click("place-connect");
        click("place-identity");
        await("it is said", () -> isThere("identity-failure"));
        assertThat(text("identity-failure-title")).isEqualTo("The chain can't be reached");
        assertThat(text("identity-peer")).isEqualTo(own.api().peerId());

        chainComes();
        use("identity-failure-action-0");
        await("it is gone", () -> !isThere("identity-failure"));
        awaitRegistry("Revoked on");
        done();
    }

    @Test
    @Order(12)
    void the_wallets_words_are_what_is_backed_up() {
        use("identity-backup");
        await("where they are shown", () -> isThere("security-reveal"));
        done();
    }
}
