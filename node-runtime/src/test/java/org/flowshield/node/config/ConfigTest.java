package org.flowshield.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.hours.WeeklyHours;
import org.flowshield.node.payment.Country;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigTest {

    @TempDir private Path folder = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void name_the_file() {
        file = folder.resolve("flowshield.toml");
    }

    private Config read(String text, String... options) throws ConfigException, IOException {
        Files.writeString(file, text);
        return Config.read(file, Map.of(), List.of(options));
    }

    private void assertRefused(String text, String... parts) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(parts);
    }

    private static InetSocketAddress resolver(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    @Test
    void without_a_file_the_defaults_hold() throws Exception {
        Config config = Config.read(folder.resolve("none.toml"), Map.of(), List.of());
        assertThat(config.roles()).containsExactly(RoleName.CLIENT);
        assertThat(config.maxSessions()).isEqualTo(200);
        assertThat(config.rate()).isEmpty();
        assertThat(config.metrics()).isEmpty();
        assertThat(config.listen()).hasSize(2);
    }

    @Test
    void reads_every_kind_of_value() throws Exception {
        Config config =
                read(
                        """
                        [roles]
                        enabled = ["client", "provider"]
                        [client]
                        lanes = 4
                        dns = ["9.9.9.9", "2620:fe::fe"]
                        lan = true
                        [provider]
                        listen = ["/ip4/127.0.0.1/tcp/0"]
                        exit-allow = ["192.0.2.0/24", "2001:db8::/32"]
                        dns = ["9.9.9.9", "[2620:fe::fe]:5353", "127.0.0.1:53"]
                        rate = "1.5 Gbit/s"
                        rate-per-session = "20Mbit"
                        [metrics]
                        listen = "127.0.0.1:9464"
                        [log]
                        format = "json"
                        level = "debug"
                        """);
        assertThat(config.roles()).containsExactlyInAnyOrder(RoleName.CLIENT, RoleName.PROVIDER);
        assertThat(config.lanes()).isEqualTo(4);
        assertThat(config.clientSettings())
                .isEqualTo(
                        new ClientSettings(
                                List.of(
                                        new DnsServer(InetAddress.ofLiteral("9.9.9.9")),
                                        new DnsServer(InetAddress.ofLiteral("2620:fe::fe"))),
                                true));
        assertThat(config.exitAllow()).hasSize(2);
        assertThat(config.resolvers())
                .containsExactly(
                        resolver("9.9.9.9", 53),
                        resolver("2620:fe::fe", 5353),
                        resolver("127.0.0.1", 53));
        assertThat(config.rate()).contains(new BitRate(1_500_000_000));
        assertThat(config.ratePerSession()).contains(new BitRate(20_000_000));
        assertThat(config.metrics()).contains(resolver("127.0.0.1", 9464));
        assertThat(config.logFormat()).isEqualTo(LogFormat.JSON);
        assertThat(config.logLevel()).isEqualTo(LogLevel.DEBUG);
    }

    @Test
    void servers_for_names_that_can_not_be_asked_are_refused() {
        assertRefused("[client]\ndns = [\"quad9\"]", ":2", "is not an IP address");
        assertRefused("[client]\ndns = [\"9.9.9.9:53\"]", "is not an IP address");
        assertRefused("[client]\ndns = [\"127.0.0.53\"]", "through a tunnel");
        assertRefused("[client]\ndns = [\"9.9.9.9\", \"9.9.9.9\"]", "named twice");
        assertRefused(
                "[client]\ndns = [\"9.9.9.9\", \"1.1.1.1\", \"8.8.8.8\", \"4.4.4.4\"]",
                "one too many");
        assertRefused("[client]\nlan = \"on\"", "true, false");
    }

    @Test
    void reads_what_concerns_money() throws Exception {
        Config config =
                read(
                        """
                        [chain]
                        network = "demo.toml"
                        [client]
                        wallet = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
                        max-price = 0.25
                        cap-per-day = 0.123456789012345678
                        deposit = "2"
                        standby = 2
                        [provider]
                        price = 0.0000001
                        payee = "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc"
                        relay = false
                        """);
        assertThat(config.network()).contains(Path.of("demo.toml"));
        assertThat(config.wallet()).contains(MemoryPayments.WALLET);
        assertThat(config.maxPrice()).contains(MemoryPayments.flow("0.25"));
        assertThat(config.capPerSession())
                .isEqualTo(new Config.Cap(MemoryPayments.flow("1"), false));
        assertThat(config.capPerDay())
                .isEqualTo(new Config.Cap(MemoryPayments.flow("0.123456789012345678"), true));
        assertThat(config.capPerMonth())
                .isEqualTo(new Config.Cap(MemoryPayments.flow("50"), false));
        assertThat(config.deposit()).isEqualTo(MemoryPayments.flow("2"));
        assertThat(config.standby()).isEqualTo(2);
        assertThat(config.free()).isFalse();
        assertThat(config.price()).contains(MemoryPayments.flow("0.0000001"));
        assertThat(config.payee()).contains(MemoryPayments.PAYEE);
        assertThat(config.relays()).isFalse();
    }

    @Test
    void money_that_is_none_is_refused() {
        assertRefused("[client]\nmax-price = -1", ":2", "not less than 0");
        assertRefused("[client]\nmax-price = \"cheap\"", "like 12.5");
        assertRefused("[client]\ncap-per-day = 0.1234567890123456789", "19 decimals");
        assertRefused("[client]\ndeposit = 0", "is nothing");
        assertRefused("[client]\nstandby = 3", "0 to 2");
        assertRefused("[client]\nwallet = \"0x12\"", "an address has 40");
        assertRefused(
                "[client]\nwallet = \"0x70997970c51812dc3A010C7d01b50e0d17dc79C8\"",
                "wrong checksum");
        assertRefused("[provider]\npayee = \"0x" + "0".repeat(40) + "\"", "is lost");
        assertRefused("[provider]\nprice = 0", "is nothing");
        assertRefused("[provider]\nfree = \"yes\"", "true, false");
        assertRefused("[chain]\nnetwork = \"\"", "is no path");
    }

    @Test
    void reads_where_the_node_begins_and_where_it_is() throws Exception {
        String peer = "/p2p/12D3KooWQnwEGNqcM2nAcPtRR9rAX8Hrg4k9kJLCHoTR5chJfz6d";
        Config config =
                read(
                        """
                        [network]
                        bootstrap = ["/ip4/203.0.113.1/tcp/4001%s"]
                        announce = ["/ip4/203.0.113.7/tcp/4001"]
                        local = true
                        [provider]
                        country = "NL"
                        """
                                .formatted(peer));
        assertThat(config.bootstrap()).hasSize(1);
        assertThat(config.announce()).hasSize(1);
        assertThat(config.isLocal()).isTrue();
        assertThat(config.country()).contains(new Country("NL"));
        assertRefused(
                "[network]\nbootstrap = [\"/ip4/203.0.113.1/tcp/4001\"]",
                ":2",
                "does not end in /p2p/ID");
        assertRefused("[provider]\ncountry = \"nl\"", ":2", "there is no country 'nl'");
        assertRefused("[provider]\ncountry = \"XX\"", "there is no country 'XX'");
    }

    @Test
    void reads_the_hours_of_selling() throws Exception {
        Config config = read("[provider]\nhours = \"mon-fri=22-7, sat-sun=0-24\"");
        assertThat(config.hours()).contains(WeeklyHours.parse("mon-fri=22-7,sat-sun=0-24"));
        assertThat(read("", "provider.hours=mon=9-17,tue=9-17").hours())
                .contains(WeeklyHours.parse("mon-tue=9-17"));
        assertThat(read("").hours()).isEmpty();
        assertRefused("[provider]\nhours = \"always\"", ":2", "provider.hours", "names no hours");
    }

    @Test
    void options_go_before_the_environment_and_that_before_the_file() throws Exception {
        Files.writeString(
                file,
                "[provider]\nmax-sessions = 1\nmax-flows-per-session = 1\n[client]\nlanes = 1");
        Map<String, String> environment =
                Map.of(
                        "FLOWSHIELD_PROVIDER_MAX_SESSIONS", "2",
                        "FLOWSHIELD_PROVIDER_MAX_FLOWS_PER_SESSION", "2");
        Config config = Config.read(file, environment, List.of("provider.max-sessions=3"));
        assertThat(config.maxSessions()).isEqualTo(3);
        assertThat(config.maxFlowsPerSession()).isEqualTo(2);
        assertThat(config.lanes()).isEqualTo(1);
    }

    @Test
    void an_error_names_file_line_and_what_is_allowed() {
        assertRefused(
                """
                # a comment
                [provider]

                max-sessions = "many"
                """,
                "flowshield.toml:4",
                "provider.max-sessions",
                "'many'",
                "allowed: 1 to 2000");
    }

    @Test
    void an_unknown_key_is_named_with_those_that_exist() {
        assertRefused("[provider]\nmax-session = 3", ":2", "max-session", "provider.max-sessions");
        assertRefused("[client]\nlanes.a = 3", "client.lanes.a");
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        assertThatThrownBy(() -> read("[client]\nlanes = 9\n[provider]\nrate = \"fast\"", "roles"))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.problems()).hasSize(3));
    }

    @Test
    void what_is_not_toml_is_refused_with_its_line() {
        assertRefused("[provider]\nlisten = [", "flowshield.toml:", "not TOML");
        assertRefused("[client]\nlanes = [1, 2]", ":2", "takes one value");
        assertRefused("[provider]\nlisten = [[1]]", ":2", "not allowed in a list");
    }

    @Test
    void values_out_of_range_are_refused() {
        assertRefused("[client]\nlanes = 0", "1 to 4");
        assertRefused("[client]\nlanes = 1.5", "1 to 4");
        assertRefused("[client]\nlanes = -1", "1 to 4");
        assertRefused("[roles]\nenabled = [\"king\"]", "there is no role 'king'");
        assertRefused("[provider]\nlisten = [\"/ip4/1.2.3\"]", "/ip4/1.2.3");
        assertRefused("[provider]\nexit-allow = [\"10.0.0.1/8\"]", "did you mean 10.0.0.0/8");
        assertRefused("[provider]\nrate = \"1 bit/s\"", "between 64 kbit/s");
        assertRefused("[metrics]\nlisten = \"localhost:1\"", "localhost");
        assertRefused("[metrics]\nlisten = \"127.0.0.1:99999\"", "99999");
    }

    @Test
    void says_of_every_key_where_its_value_comes_from() throws Exception {
        Config config = read("[client]\nlanes = 2", "log.level=warn");
        assertThat(config.describe())
                .hasSameSizeAs(Keys.ALL)
                .anySatisfy(
                        entry -> {
                            assertThat(entry.path()).isEqualTo("client.lanes");
                            assertThat(entry.words()).containsExactly("2");
                            assertThat(entry.place()).endsWith("flowshield.toml:2");
                        })
                .anySatisfy(entry -> assertThat(entry.place()).isEqualTo("--set log.level"))
                .anySatisfy(entry -> assertThat(entry.place()).isEqualTo("default"));
    }

    @Test
    void defaults_are_allowed_values() {
        Keys.ALL.forEach(key -> assertThat(key.reader().read(key.otherwise())).isNotNull());
    }

    @Test
    void rates_are_written_as_they_are_read() {
        for (String rate : List.of("64 kbit/s", "20 Mbit/s", "1 Gbit/s", "64001 bit/s")) {
            assertThat(BitRate.parse(rate)).hasToString(rate);
        }
        assertThat(BitRate.parse("1.5gbps").bytesPerSecond()).isEqualTo(187_500_000);
    }
}
