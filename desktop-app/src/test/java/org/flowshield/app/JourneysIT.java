package org.flowshield.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import org.flowshield.app.choice.Target;
import org.flowshield.app.testkit.Bridge;
import org.flowshield.app.testkit.TestChain;
import org.flowshield.app.testkit.Toolkit;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.network.NetworkFile;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.cli.FlowShield;
import org.flowshield.node.demo.Playground;
import org.flowshield.node.demo.Prerequisites;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * One person's day, with all of the app as users get it, real daemons in a small internet of
 * namespaces, a real chain, a market, and the process that holds the keys. The app runs on this
 * machine: the daemon's socket is a path, and two bridges lead its questions to the chain.
 */
final class JourneysIT extends JourneyTest {

    private static final EvmAddress BOB = Anvil.account(9).address();
    private static final Target NETHERLANDS = new Target.Country("NL");
    private static final Duration BRIDGE_WITHIN = Duration.ofSeconds(60);

    /** The internet's machine: nobody answers there, and the page needs no name. */
    private static final String OWN_DNS = Link.INTERNET.ipv4().getHostAddress();

    private static final Pattern AMOUNT = Pattern.compile("([0-9.]+) FLOW");

    /** Beside the 64 MB that warm up. */
    private static final long SOME_BYTES = 4_000_000;

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private static Path folder;

    private Playground playground;
    private Bridge bridge;

    // ---- before and after ----

    @BeforeAll
    void open() throws Exception {
        assumeTrue(Prerequisites.isRoot(), "makes network namespaces: needs root");
        assumeTrue(
                Prerequisites.missingPackages().isEmpty(),
                () -> "programs are missing: " + Prerequisites.missingPackages());
        assumeTrue(TestChain.missing().isEmpty(), TestChain.missing());
        playground = Playground.open(FlowShield.class, System.err::println);
        Network network = NetworkFile.read(playground.network());
        bridge = bridgeTo(network.rpcs().getFirst());
        Path ours = folder.resolve("network.toml");
        NetworkFile.write(reachedBy(bridge, network), ours);
        openApp(
                new Places(
                        playground.socket(),
                        folder.resolve("app.json"),
                        folder.resolve("wallet"),
                        Optional.of(ours),
                        folder,
                        folder.resolve("app.log")));
    }

    private Bridge bridgeTo(URI rpc) throws Exception {
        Path socket = folder.resolve("chain.sock");
        LabProcess inside =
                playground
                        .lab()
                        .startJava(
                                Namespace.INTERNET,
                                Bridge.class,
                                socket.toString(),
                                rpc.getHost(),
                                Integer.toString(rpc.getPort()));
        String _ = inside.awaitLine("ready", Bridge.READY::equals, BRIDGE_WITHIN);
        return Bridge.fromLoopback(socket);
    }

    private static Network reachedBy(Bridge bridge, Network network) {
        return new Network(
                network.name(),
                network.chain(),
                List.of(URI.create("http://127.0.0.1:" + bridge.port())),
                network.gasSymbol(),
                network.confirmations(),
                network.firstBlock(),
                network.contracts(),
                network.bootstrap(),
                network.faucetUri());
    }

    @AfterAll
    void end() throws Exception {
        try (Playground ends = playground;
                Bridge leads = bridge) {
            closeApp(folder.resolve("wallet"));
            if (ends != null && leads != null && isBroken()) {
                System.err.println("the client's daemon said:\n" + ends.log());
            }
        }
    }

    // ---- the steps ----

    @Test
    @Order(1)
    void a_wallet_is_made_and_the_service_is_found() {
        beginWithWallet();
        await("the truth", () -> text("connect-state").equals("Not connected"));
        done();
    }

    @Test
    @Order(2)
    void without_money_it_says_so_and_leads_to_the_wallet() {
        choose(NETHERLANDS);
        click("connect-act");
        await("what is missing", () -> isThere("connect-obstacle"));
        use("connect-wallet");
        await("the wallet", () -> isThere("receive-address"));
        done();
    }

    /** By the keyboard, as the list opens a window of its own. */
    private void choose(Target target) {
        await("the market", () -> targets().getItems().contains(target));
        Toolkit.run(() -> targets().requestFocus());
        for (int i = 0; i < targets().getItems().size() && !chosen(target); i++) {
            press(KeyCode.DOWN);
        }
        assertThat(chosen(target)).as("%s was chosen", target).isTrue();
    }

    private ComboBox<?> targets() {
        return (ComboBox<?>) node("connect-target");
    }

    private boolean chosen(Target target) {
        return Toolkit.on(() -> target.equals(targets().getValue()));
    }

    @Test
    @Order(3)
    void money_comes_in_and_the_service_may_spend_some_of_it() throws Exception {
        playground.give(EvmAddress.parse(text("receive-address").replaceAll("\\s", "")));
        await("the balance", () -> text("balance-flow").equals("250 FLOW"));
        click("wallet-payments");
        unlock("unlock", PASSWORD);
        fill("purse-sum", "20");
        fill("purse-each", "10");
        await("a plan can be made", () -> !node("purse-fund").isDisabled());
        use("purse-fund");
        agreeToAll();
        await("the purse", () -> text("balance-purse").equals("20 FLOW"));
        assertThat(text("balance-flow")).isEqualTo("230 FLOW");
        done();
    }

    @Test
    @Order(4)
    void the_price_is_agreed_to_and_paid_while_traffic_flows() throws Exception {
        click("place-connect");
        choose(NETHERLANDS);
        click("connect-act");
        await("the price", () -> text("connect-act").equals("Connect and pay 0.5 FLOW per GiB"));
        use("connect-act");
        await("connected", () -> text("connect-state").equals("Connected"));
        assertThat(text("connect-traffic"))
                .isEqualTo("All traffic to the internet goes through the tunnel");
        assertThat(text("connect-country")).isEqualTo("Netherlands");

        playground.browse(SOME_BYTES);

        await("it was paid", () -> amount("connect-spent").isMoreThan(flow("0.02")));
        TokenAmount before = amount("connect-spent");
        playground.browse(SOME_BYTES);
        await("more was paid", () -> amount("connect-spent").isMoreThan(before));
        done();
    }

    /** What a figure says; nothing while it says no amount. */
    private TokenAmount amount(String id) {
        Matcher digits = AMOUNT.matcher(text(id));
        return digits.matches() ? flow(digits.group(1)) : TokenAmount.ZERO;
    }

    private static TokenAmount flow(String decimal) {
        try {
            return TokenAmount.parse(decimal);
        } catch (MalformedAmountException e) {
            throw new IllegalArgumentException(decimal, e);
        }
    }

    @Test
    @Order(5)
    void money_is_sent_to_somebody() {
        click("place-wallet");
        await("the wallet", () -> isThere("wallet-send"));
        click("wallet-send");
        fill("send-to", BOB.toString());
        fill("send-amount", "12.5");
        await("a fee", () -> !node("send-review").isDisabled());
        use("send-review");
        agreeToAll();
        await("the new balance", () -> text("balance-flow").equals("217.5 FLOW"));
        done();
    }

    @Test
    @Order(6)
    void bandwidth_is_shared_and_earns() throws Exception {
        click("place-share");
        await("what it means", () -> isThere("share-understood"));
        use("share-understood");
        use("share-agree");
        await("the offer", () -> isThere("share-price"));
        fill("share-price", "0.25");
        fill("share-limit", "50");
        use("share-look");
        await("what is needed", () -> isThere("share-begin"));
        use("share-begin");
        agreeToAll();
        await("it is on", () -> isThere("share-state") && text("share-state").equals("Sharing"));

        TokenAmount paid = playground.useClient(flow("0.25"), SOME_BYTES);

        assertThat(paid).isGreaterThan(flow("0.01"));
        click("place-connect");
        click("place-share");
        await("what was earned", () -> amount("share-earned").isMoreThan(flow("0.01")));
        assertThat(text("share-state")).isEqualTo("Sharing");
        done();
    }

    @Test
    @Order(7)
    void a_service_that_dies_is_said_with_what_helps_and_comes_back() throws Exception {
        click("place-connect");
        playground.killClient();
        await("the page", () -> isThere("unreachable-title"));
        assertThat(text("unreachable-title")).isEqualTo("FlowShield's service has stopped");

        playground.startClient();
        await("the truth", () -> isThere("connect-state") && !isThere("unreachable-title"));
        await("kept back", () -> text("connect-state").equals("Blocked"));
        assertThat(text("connect-traffic")).isEqualTo("All traffic to the internet is blocked");
        click("place-share");
        await("it shares again", () -> isThere("share-state"));
        await("it is on", () -> text("share-state").equals("Sharing"));
        done();
    }

    @Test
    @Order(8)
    void connected_again_by_the_open_channel_and_disconnected() throws Exception {
        click("place-connect");
        choose(NETHERLANDS);
        click("connect-act");
        await("the price", () -> text("connect-act").startsWith("Connect and pay"));
        click("connect-act");
        await("connected", () -> text("connect-state").equals("Connected"));
        playground.browse(SOME_BYTES);
        await("it was paid", () -> !amount("connect-spent").isZero());
        whileConnectedSettingsAreChanged();
        click("connect-act");
        await("disconnected", () -> text("connect-state").equals("Not connected"));
        assertThat(text("connect-traffic")).isEqualTo("Traffic is not blocked and not protected");
        done();
    }

    private void whileConnectedSettingsAreChanged() throws Exception {
        click("place-preferences");
        await("what holds", () -> isThere("preferences-lan") && isOpen("preferences-lan"));
        use("preferences-lan");
        await("it is taken", () -> isOpen("preferences-lan"));
        use("preferences-names-own");
        fill("preferences-names-servers", OWN_DNS);
        use("preferences-names-use");
        await("it is in use", () -> text("preferences-dns").contains(OWN_DNS));
        try (NodeClient daemon = new NodeClient(playground.socket())) {
            assertThat(daemon.clientSettings())
                    .isEqualTo(new ClientSettings(DnsServer.parseAll(OWN_DNS), true));
        }
        playground.browse(SOME_BYTES);
        use("preferences-names-provider");
        await("the provider's", () -> !text("preferences-dns").contains(OWN_DNS));
        click("place-connect");
        await("connected", () -> text("connect-state").equals("Connected"));
    }

    @Test
    @Order(9)
    void a_chain_that_does_not_answer_is_said_where_money_is_looked_at() throws Exception {
        bridge.close();
        click("place-wallet");
        await("it is said", () -> isThere("wallet-unknown"));
        assertThat(text("wallet-unknown-title")).isEqualTo("The chain can't be reached");
        assertThat(text("wallet-unknown-meaning")).isNotEmpty();
        click("wallet-lock");
        await("locked", () -> !isThere("wallet-lock"));
        done();
    }
}
