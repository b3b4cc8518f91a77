package org.flowshield.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.network.BootstrapNode;
import org.flowshield.node.api.network.NetworkChange;
import org.flowshield.node.api.network.NetworkSettings;
import org.flowshield.node.api.network.RpcUrl;
import org.flowshield.node.api.payment.NetworkStatus.Identities;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is chosen is checked, kept, and in force; or nothing has changed. */
final class OwnNetworkTest {

    private static final String ID = "/p2p/12D3KooWQnwEGNqcM2nAcPtRR9rAX8Hrg4k9kJLCHoTR5chJfz6d";
    private static final String USUAL = "/ip4/203.0.113.1/tcp/4001" + ID;
    private static final String OWN = "/ip4/203.0.113.2/tcp/4001" + ID;

    /** Each takes three characters in the canonical text. */
    private static final String LONG =
            "$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$"
                    + "$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$";

    private static final List<URI> OF_THE_FILE = List.of(URI.create("https://network.example"));
    private static final List<RpcUrl> TWO =
            rpcs("https://mine.example/secret", "http://10.0.0.5:8545");

    private final TestWays ways = new TestWays();
    private final List<String> told = new ArrayList<>();
    private Optional<List<Multiaddr>> serving = Optional.empty();

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("network.settings");
    }

    @Test
    void where_nobody_chose_the_networks_own_are_in_force() throws Exception {
        NetworkSettings now = open().settings();
        assertThat(now.rpcs()).isEmpty();
        assertThat(now.bootstrap()).isEmpty();
        assertThat(now.inForce().chainId()).isEqualTo(5);
        assertThat(now.inForce().identities()).isEqualTo(Identities.RPC);
        assertThat(now.inForce().rpcs()).extracting(RpcUrl::uri).isEqualTo(OF_THE_FILE);
        assertThat(now.inForce().bootstrap()).containsExactly(new BootstrapNode(USUAL));
        assertThat(now.inForce().serving()).isNull();
        assertThat(file).doesNotExist();
    }

    @Test
    void rpcs_are_asked_kept_and_in_force_and_what_is_not_named_stays() throws Exception {
        OwnNetwork network = open();
        network.onChange(() -> told.add("changed"));
        NetworkSettings now = network.change(new NetworkChange(TWO, null));
        assertThat(now.rpcs()).isEqualTo(TWO);
        assertThat(now.inForce().rpcs()).isEqualTo(TWO);
        assertThat(now.bootstrap()).isEmpty();
        assertThat(ways.did)
                .containsExactly(
                        "check [https://mine.example/secret, http://10.0.0.5:8545]",
                        "use [https://mine.example/secret, http://10.0.0.5:8545]");
        assertThat(told).containsExactly("changed");

        assertThat(KeptNetwork.open(file, List.of()).rpcs())
                .isEqualTo(TWO.stream().map(RpcUrl::uri).toList());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        now = network.change(new NetworkChange(null, nodes(OWN)));
        assertThat(now.rpcs()).isEqualTo(TWO);
        assertThat(ways.did).hasSize(2);
    }

    @Test
    void an_rpc_that_is_refused_changes_nothing() throws Exception {
        OwnNetwork network = open();
        NetworkSettings before = network.settings();
        ways.refusal =
                new RefusedException(
                        RefusedException.Kind.FAILED,
                        new Problem("rpc_wrong_chain", "it is of chain 1", "name another"));
        assertThatThrownBy(() -> network.change(new NetworkChange(TWO, nodes(OWN))))
                .isSameAs(ways.refusal);
        assertThat(network.settings()).isEqualTo(before);
        assertThat(file).doesNotExist();
    }

    @Test
    void what_was_kept_and_is_not_in_force_can_be_asked_for_again() throws Exception {
        OwnNetwork network = open();
        ways.refusalOfUse =
                new RefusedException(
                        RefusedException.Kind.REFUSED,
                        new Problem("too_few_rpcs", "there are too few", "name more"));
        assertThatThrownBy(() -> network.change(new NetworkChange(TWO, null)))
                .isSameAs(ways.refusalOfUse);
        ways.refusalOfUse = null;
        assertThat(network.change(new NetworkChange(null, nodes(OWN))).inForce().rpcs())
                .extracting(RpcUrl::uri)
                .isEqualTo(OF_THE_FILE);
        assertThat(network.change(new NetworkChange(TWO, null)).inForce().rpcs()).isEqualTo(TWO);
        assertThat(network.change(new NetworkChange(TWO, null)).inForce().rpcs()).isEqualTo(TWO);
        assertThat(ways.did.stream().map(word -> word.substring(0, 3)))
                .containsExactly("che", "use", "che", "use");
    }

    @Test
    void what_can_not_be_kept_is_not_in_force() throws Exception {
        OwnNetwork network = open();
        Files.createDirectories(file.resolve("in the way"));
        assertThatThrownBy(() -> network.change(new NetworkChange(TWO, null)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("settings_not_kept"));
        assertThat(network.settings().rpcs()).isEmpty();
        assertThat(ways.did).hasSize(1).first().asString().startsWith("check");
    }

    @Test
    void an_empty_list_goes_back_to_the_networks_own() throws Exception {
        OwnNetwork network = open();
        NetworkSettings _ = network.change(new NetworkChange(TWO, nodes(OWN)));
        NetworkSettings now = network.change(new NetworkChange(List.of(), List.of()));
        assertThat(now).isEqualTo(open().settings());
        assertThat(ways.did.getLast()).isEqualTo("use []");
        assertThat(Files.readString(file)).doesNotContain("rpcs", "bootstrap");
    }

    @Test
    void bootstrap_nodes_count_for_what_begins_after_that() throws Exception {
        OwnNetwork network = open();
        serving = Optional.of(List.of(Multiaddr.parse(USUAL)));
        assertThat(network.settings().inForce().servesOnOthers()).isFalse();
        NetworkSettings now = network.change(new NetworkChange(null, nodes(OWN)));
        assertThat(now.bootstrap()).isEqualTo(nodes(OWN));
        assertThat(now.inForce().bootstrap()).isEqualTo(nodes(OWN));
        assertThat(now.inForce().serving()).isEqualTo(nodes(USUAL));
        assertThat(now.inForce().servesOnOthers()).isTrue();
    }

    @Test
    void a_multiaddr_that_can_not_be_read_is_refused() throws Exception {
        OwnNetwork network = open();
        assertThatThrownBy(
                        () ->
                                network.change(
                                        new NetworkChange(
                                                null, nodes("/ip4/300.0.0.1/tcp/4001" + ID))))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("malformed_multiaddr"));
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // one in two spellings
                "/ip6/2001:db8::7/tcp/4001 /ip6/2001:0db8::7/tcp/4001",
                "/ip6/2001:db8::7/tcp/4001 /ip6/2001:DB8::7/tcp/4001",
                // short enough to be typed, and too long to be read again
                "/ip4/203.0.113.2/tcp/80/http/http-path/" + LONG
            })
    void what_could_not_be_read_again_is_refused_and_nothing_is_lost(String text) throws Exception {
        OwnNetwork network = open();
        NetworkSettings before = network.change(new NetworkChange(TWO, null));
        String[] written = text.split(" ");
        Arrays.setAll(written, i -> written[i] + ID);
        assertThatThrownBy(() -> network.change(new NetworkChange(null, nodes(written))))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problem().message()).contains("nothing was changed"));
        assertThat(network.settings()).isEqualTo(before);
        assertThat(open().settings().rpcs()).isEqualTo(TWO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dns4/a,b.example/tcp/4001", "/dns4/a\\b.example/tcp/4001"})
    void what_would_be_read_otherwise_is_not_written(String address) throws Exception {
        open().change(new NetworkChange(TWO, null));
        ChosenNetwork chosen = new ChosenNetwork(TWO, List.of(Multiaddr.parse(address + ID)));
        assertThatThrownBy(() -> chosen.write(file)).isInstanceOf(IOException.class);
        assertThat(ChosenNetwork.read(file).rpcs()).isEqualTo(TWO);
    }

    @Test
    void without_a_chain_no_rpc_can_be_checked_but_one_can_go_back() throws Exception {
        Problem why = new Problem("no_network", "there is no network file", "get one");
        OwnNetwork network = new OwnNetwork(kept(), new OwnNetwork.Chain.None(why), () -> serving);
        assertThatThrownBy(() -> network.change(new NetworkChange(TWO, null)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.problem()).isEqualTo(why));
        NetworkSettings now = network.change(new NetworkChange(List.of(), nodes(OWN)));
        assertThat(now.inForce().chainId()).isNull();
        assertThat(now.inForce().identities()).isNull();
        assertThat(now.inForce().rpcs()).isEmpty();
        assertThat(now.bootstrap()).isEqualTo(nodes(OWN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rpcs = nonsense/secret",
                "rpcs = http://a http://b http://c http://d http://e",
                "bootstrap = /ip4/203.0.113.1/tcp/4001",
                "bootstrap = /ip4/300.0.0.1/tcp/4001" + ID,
                "rpcs = \\u00zz"
            })
    void a_file_that_can_not_be_read_counts_as_none_and_stays(String content) throws Exception {
        Files.writeString(file, content);
        assertThat(open().settings().rpcs()).isEmpty();
        assertThat(open().settings().inForce().bootstrap()).isEqualTo(nodes(USUAL));
        assertThat(Files.readString(file)).isEqualTo(content);
        assertThatThrownBy(() -> ChosenNetwork.read(file)).hasMessageNotContaining("secret");
    }

    @Test
    void a_file_that_is_too_large_counts_as_none() throws Exception {
        Files.writeString(file, "# " + "a".repeat(20_000));
        assertThatThrownBy(() -> ChosenNetwork.read(file)).isInstanceOf(IOException.class);
        assertThat(open().settings().rpcs()).isEmpty();
    }

    @Test
    void as_many_as_can_be_chosen_are_read_again() throws Exception {
        List<String> nodes = new ArrayList<>();
        for (int i = 0; i < BootstrapNode.MAX_NODES; i++) {
            nodes.add("/dns4/" + "a".repeat(60) + i + ".example/tcp/4001" + ID);
        }
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < RpcUrl.MAX_RPCS; i++) {
            urls.add("https://rpc.example/" + i + "k".repeat(1000));
        }
        NetworkSettings chosen =
                open().change(
                                new NetworkChange(
                                        rpcs(urls.toArray(String[]::new)),
                                        nodes(nodes.toArray(String[]::new))));
        assertThat(open().settings().rpcs()).isEqualTo(chosen.rpcs());
        assertThat(open().settings().bootstrap()).isEqualTo(chosen.bootstrap());
    }

    private OwnNetwork open() throws Exception {
        return new OwnNetwork(kept(), new OwnNetwork.Chain.Reached(ways), () -> serving);
    }

    private KeptNetwork kept() throws Exception {
        return KeptNetwork.open(file, List.of(Multiaddr.parse(USUAL)));
    }

    private static List<RpcUrl> rpcs(String... urls) {
        return Arrays.stream(urls).map(url -> new RpcUrl(URI.create(url))).toList();
    }

    private static List<BootstrapNode> nodes(String... addresses) {
        return Arrays.stream(addresses).map(BootstrapNode::new).toList();
    }

    /** Ways that write down what is done with them. */
    private static final class TestWays implements ChainWays {

        private final List<String> did = new ArrayList<>();
        private List<URI> own = List.of();
        private @Nullable RefusedException refusal;
        private @Nullable RefusedException refusalOfUse;

        @Override
        public ChainId chain() {
            return new ChainId(5);
        }

        @Override
        public List<URI> rpcs() {
            return own.isEmpty() ? OF_THE_FILE : own;
        }

        @Override
        public Identities identities() {
            return Identities.RPC;
        }

        @Override
        public boolean asks(List<URI> rpcs) {
            return own.equals(rpcs);
        }

        @Override
        public void check(List<URI> rpcs) throws RefusedException {
            did.add("check " + rpcs);
            if (refusal != null) {
                throw refusal;
            }
        }

        @Override
        public void use(List<URI> rpcs) throws RefusedException {
            did.add("use " + rpcs);
            if (refusalOfUse != null) {
                throw refusalOfUse;
            }
            own = rpcs;
        }
    }
}
