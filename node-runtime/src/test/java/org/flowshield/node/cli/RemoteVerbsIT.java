package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.MemoryMarket;
import org.flowshield.node.api.MemoryNode;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.ServedNode;
import org.flowshield.node.api.json.ApiJson;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.api.market.ProviderSort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The verbs that steer a daemon, against a real server. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class RemoteVerbsIT {

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private ServedNode served;

    @BeforeEach
    void serve() throws IOException {
        served = new ServedNode(folder);
    }

    @AfterEach
    void stop() throws IOException {
        served.close();
    }

    @Test
    void status_shows_a_table_or_what_the_api_tells() throws Exception {
        served.node().enable(RoleName.CLIENT);
        assertThat(run("status", "--data", folder.toString())).isZero();
        assertThat(out.toString())
                .startsWith("client     disconnected, since ")
                .contains("\nroles      client on, provider off, fullnode off\n")
                .contains("\nlimit      handshakes 60 of 64, reached 17 times\n");
        assertThat(json("status")).hasToString(tree(served.node().status()).toString());
    }

    @Test
    void id_prints_the_peer_id() {
        assertThat(verb("id")).isZero();
        assertThat(out.toString()).isEqualTo(MemoryNode.PEER_ID + "\n");
        assertThat(json("id").toString()).isEqualTo("{\"peer_id\":\"" + MemoryNode.PEER_ID + "\"}");
    }

    @Test
    void connect_and_disconnect() {
        assertThat(verb("connect", MemoryNode.PROVIDER, "--lanes", "3")).isZero();
        assertThat(out.toString())
                .isEqualTo(
                        "connected to "
                                + MemoryNode.PROVIDER
                                + ", flowshield0, 100.64.0.2, MTU 1,420, 3 lanes\n");
        assertThat(json("disconnect").get("state").asString()).isEqualTo("disconnected");
        assertThat(json("connect", MemoryNode.PROVIDER).get("state").asString())
                .isEqualTo("connected");
    }

    // ------------------------------------------------------------ money

    @Test
    void connect_says_the_price_first_and_pays_only_what_was_agreed_on() throws Exception {
        served.node().configurePayment();
        served.node().payments().price("0.25", false);
        assertThat(verb("connect", MemoryNode.PROVIDER)).isEqualTo(4);
        assertThat(err.toString())
                .contains("asks for 0.25 FLOW per GiB; 1 FLOW will be locked")
                .contains("nothing was paid")
                .contains("--max-price 0.25 or --yes");
        assertThat(verb("connect", MemoryNode.PROVIDER, "--max-price", "0.2")).isEqualTo(4);
        assertThat(err.toString()).contains("above --max-price");
        assertThat(served.node().status().client()).isNull();

        assertThat(verb("connect", MemoryNode.PROVIDER, "--max-price", "0.3")).isZero();
        assertThat(err.toString()).startsWith("this provider asks for 0.25 FLOW per GiB");
        assertThat(out.toString()).endsWith("1 lane, 0.25 FLOW per GiB\n");
        assertThat(served.node().lastMaxPrice()).isEqualTo(MemoryPayments.flow("0.3"));
        assertThat(verb("connect", MemoryNode.PROVIDER, "--yes")).isZero();
        assertThat(served.node().lastMaxPrice()).isEqualTo(MemoryPayments.flow("0.25"));
        served.node().payments().price("0.25", true);
        assertThat(json("connect", MemoryNode.PROVIDER).at("/payment/price_per_gib").asString())
                .isEqualTo("0.25");
    }

    @Test
    void a_free_provider_is_connected_to_without_a_question() throws Exception {
        served.node().configurePayment();
        assertThat(verb("connect", MemoryNode.PROVIDER)).isZero();
        assertThat(served.node().lastMaxPrice()).isNull();
    }

    @Test
    void on_a_terminal_connect_asks() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs script (bsdutils)");
        served.node().configurePayment();
        served.node().payments().price("0.25", false);
        assertThat(onTerminal("n", "connect", MemoryNode.PROVIDER))
                .contains("Connect and pay that? [y/N]")
                .contains("not connected, nothing was paid");
        assertThat(served.node().status().client()).isNull();
        assertThat(onTerminal("y", "connect", MemoryNode.PROVIDER)).contains("connected to ");
        assertThat(served.node().lastMaxPrice()).isEqualTo(MemoryPayments.flow("0.25"));
    }

    // ------------------------------------------------------------ the schedule

    @Test
    void a_schedule_is_shown_chosen_and_ended() {
        assertThat(verb("share", "schedule")).isZero();
        assertThat(out.toString())
                .isEqualTo(
                        """
                        hours      none
                        followed   no: sharing goes by hand alone
                        """);
        assertThat(verb("share", "schedule", "mon-fri=22-7", "sat-sun=0-24")).isZero();
        assertThat(out.toString())
                .startsWith("hours      mon-fri=22-7,sat-sun=0-24 in the machine's time (UTC)")
                .contains("followed   yes", "sharing    is to be off until ");
        assertThat(verb("role", "disable", "provider")).isZero();
        assertThat(out.toString()).startsWith("provider off until ").contains("by the schedule");
        JsonNode kept = json("share", "schedule", "--off");
        assertThat(kept.get("enabled").asBoolean()).isFalse();
        assertThat(kept.get("hours").asString()).isEqualTo("mon-fri=22-7,sat-sun=0-24");
        assertThat(json("share", "schedule", "--on").get("enabled").asBoolean()).isTrue();
    }

    @Test
    void hours_that_are_none_are_refused_before_the_daemon_is_asked() {
        assertThat(verb("share", "schedule", "mon=9")).isEqualTo(ExitStatus.USAGE.code());
        assertThat(err.toString()).contains("'mon=9' names no hours", "mon-fri=22-7");
        assertThat(verb("share", "schedule", "--on", "--off")).isEqualTo(ExitStatus.USAGE.code());
        assertThat(served.node().schedule().status().enabled()).isFalse();
    }

    // ------------------------------------------------------------ the market

    @Test
    void providers_are_listed_with_what_was_asked_for() throws Exception {
        served.node().market().add(MemoryMarket.provider("NL", "0.02"));
        String line = "providers --country nl --max-price 0.05 --min-mbps 50 --sort price";
        assertThat(verb(line.split(" ", -1))).isZero();
        assertThat(out.toString())
                .startsWith("1 provider, by 2 fullnodes' directories;")
                .contains("\nNetherlands ")
                .contains("first, because: none asks for less; it is there");
        assertThat(served.node().market().asked())
                .containsExactly(
                        new ProviderQuery(
                                "NL",
                                MemoryPayments.flow("0.05"),
                                50_000_000,
                                ProviderSort.PRICE,
                                ProviderQuery.DEFAULT_LIMIT));
        assertThat(json("providers").at("/providers/0/country").asString()).isEqualTo("NL");
    }

    @Test
    void connect_takes_the_best_and_says_first_what_it_costs_and_why_that_one() throws Exception {
        served.node().configurePayment();
        served.node().payments().price("0.02", false);
        served.node().market().add(MemoryMarket.provider("NL", "0.02"));
        assertThat(verb("connect", "--country", "NL")).isEqualTo(4);
        assertThat(err.toString())
                .contains("in Netherlands (claimed) asks for 0.02 FLOW per GiB")
                .contains("first, because: none asks for less")
                .contains("--max-price 0.02 or --yes");
        assertThat(served.node().status().client()).isNull();
        assertThat(verb("connect", "--max-price", "0.03")).isZero();
        assertThat(out.toString()).startsWith("connected to best");
        assertThat(served.node().lastMaxPrice()).isEqualTo(MemoryPayments.flow("0.03"));
        assertThat(verb("connect", "--country", "NL", "--yes")).isZero();
        assertThat(served.node().lastMaxPrice()).isEqualTo(MemoryPayments.flow("0.02"));
    }

    @Test
    void quote_tells_price_and_deposit() throws Exception {
        assertThat(verb("quote", MemoryNode.PROVIDER)).isZero();
        assertThat(out.toString()).contains("price      nothing\n");
        served.node().payments().price("0.25", false);
        assertThat(verb("quote", MemoryNode.PROVIDER)).isZero();
        assertThat(out.toString())
                .contains("price      0.25 FLOW per GiB\n")
                .contains("channel    none yet; connecting locks 1 FLOW\n");
        assertThat(json("quote", MemoryNode.PROVIDER).get("price_per_gib").asString())
                .isEqualTo("0.25");
    }

    @Test
    void channels_are_listed_opened_topped_up_and_closed() throws Exception {
        served.node().configurePayment();
        assertThat(verb("channel", "list")).isZero();
        assertThat(out.toString().lines().toList())
                .hasSize(2)
                .last()
                .asString()
                .matches("0x11000000 +payer +open +1 +0.25 +0.125 +0.75");
        assertThat(json("channel", "open", MemoryNode.PROVIDER, "2").get("deposit").asString())
                .isEqualTo("2");
        assertThat(verb("channel", "open", MemoryPayments.PAYEE.toString(), "3")).isZero();
        assertThat(verb("channel", "top-up", "0x11", "1.5")).isZero();
        assertThat(out.toString()).contains("topped up: channel 0x11000000").contains("2.5 FLOW");
        assertThat(verb("channel", "close", "0x")).isEqualTo(2);
        assertThat(err.toString()).contains("2 channels begin with 0x");
        assertThat(verb("channel", "close", "0x33")).isEqualTo(2);
        assertThat(err.toString()).contains("no channel of this node begins with 0x33");
        assertThat(verb("channel", "close", "0x11")).isZero();
        assertThat(out.toString())
                .contains("closed in agreement")
                .contains("2.25 FLOW are back in the purse")
                .contains("0xfe00");
    }

    @Test
    void earnings_settle_and_spending() throws Exception {
        served.node().configurePayment();
        assertThat(verb("earnings", "--days", "1")).isZero();
        assertThat(out.toString().lines().toList())
                .hasSize(3)
                .contains("earned 1.2 FLOW, settled 0.7 FLOW, not settled yet 0.5 FLOW");
        assertThat(json("earnings").get("days").size()).isEqualTo(2);
        assertThat(verb("settle")).isZero();
        assertThat(out.toString()).startsWith("0x11000000  0.125 FLOW  settled  0xfe00");
        assertThat(json("settle").at("/settlements/0/amount").asString()).isEqualTo("0.125");
        assertThat(verb("spending")).isZero();
        assertThat(out.toString())
                .contains("day        0.4 FLOW of at most 5 FLOW, counts anew at 2026-01-03")
                .contains("left to spend now: 0.98 FLOW");
        assertThat(verb("spending", "set", "--per-day", "0.5")).isZero();
        assertThat(out.toString()).contains("left to spend now: 0.1 FLOW");
        assertThat(json("spending", "show").at("/caps/per_session").asString()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel list", "earnings", "settle", "spending", "spending show"})
    void without_a_network_file_verbs_of_money_say_so(String line) {
        assertThat(verb(line.split(" "))).isEqualTo(4);
        assertThat(err.toString()).contains("payment is not configured").contains("chain.network");
    }

    @Test
    void settings_are_shown_and_changed_and_what_is_not_named_stays() {
        assertThat(verb("settings")).isZero();
        assertThat(out.toString())
                .isEqualTo(
                        """
                        names          asked of the provider's DNS servers
                        local network  not reached while connected or blocked
                        """);
        assertThat(verb("settings", "--dns", "9.9.9.9,2620:fe::fe", "--lan", "on")).isZero();
        assertThat(out.toString())
                .isEqualTo(
                        """
                        names          asked of 9.9.9.9, 2620:fe::fe
                        local network  reached
                        """);
        assertThat(json("settings", "--lan", "off").toString())
                .isEqualTo("{\"dns\":[\"9.9.9.9\",\"2620:fe::fe\"],\"lan\":false}");
        assertThat(json("settings", "--dns", "provider").get("dns").isEmpty()).isTrue();
    }

    @Test
    void ways_to_the_chain_and_to_peers_are_shown_and_changed_and_keys_only_as_json() {
        assertThat(verb("network")).isZero();
        assertThat(out.toString())
                .isEqualTo(
                        """
                        chain            31337, asked through the network file's https://rpc.example
                                         whose node it is that you pay, the first that answers is believed about
                        bootstrap nodes  1, of the configuration and the network file
                                         %s
                        """
                                .formatted(MemoryNode.PROVIDER));
        String node = "/dns4/node.example/tcp/4001/p2p/" + MemoryNode.PEER_ID;
        assertThat(
                        verb(
                                "network",
                                "--rpc",
                                "https://mine.example/secret",
                                "--rpc",
                                "http://10.0.0.5:8545",
                                "--bootstrap",
                                node))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "asked through RPCs of your own choice: https://mine.example/…,"
                                + " http://10.0.0.5:8545\n",
                        "1, of your own choice\n",
                        node,
                        "until they are switched off and on")
                .doesNotContain("secret");
        assertThat(json("network", "--bootstrap", "network").get("rpcs").toString())
                .isEqualTo("[\"https://mine.example/secret\",\"http://10.0.0.5:8545\"]");
        assertThat(json("network", "--rpc", "network").get("rpcs").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--rpc, ws://rpc.example/secret, not with ws",
        "--rpc, nonsense, not a URL",
        "--bootstrap, /ip4/203.0.113.7/tcp/4001, /p2p/ID",
        "--bootstrap, https://rpc.example/secret, a URL is not a multiaddr",
    })
    void a_way_that_makes_no_sense_is_refused(String option, String value, String part) {
        assertThat(verb("network", option, value)).isEqualTo(2);
        assertThat(err.toString()).contains(part).doesNotContain("secret");
        assertThat(verb("network", "--rpc", "network", "--rpc", "http://a")).isEqualTo(2);
        assertThat(err.toString()).contains("'network' stands alone");
        assertThat(verb("network", "--rpc", "http://a", "--rpc", "http://a")).isEqualTo(2);
        assertThat(err.toString()).contains("http://a is named twice");
    }

    @Test
    void roles_are_switched() {
        assertThat(verb("role", "enable", "provider")).isZero();
        assertThat(out.toString()).isEqualTo("provider on\n");
        assertThat(served.node().status().provider()).isNotNull();
        assertThat(json("role", "disable", "provider").toString())
                .isEqualTo(
                        "{\"name\":\"provider\",\"state\":\"off\",\"problem\":null,\"until\":null}");
    }

    @ParameterizedTest
    @CsvSource({"INVALID, 2", "REFUSED, 4", "FAILED, 1", "PERMISSION, 5"})
    void a_refusal_keeps_its_words_and_decides_on_the_exit_status(Kind kind, int status) {
        served.node()
                .refuseWith(
                        new RefusedException(kind, new Problem("no_way", "It can't.", "Wait.")));
        assertThat(verb("disconnect")).isEqualTo(status);
        assertThat(err.toString()).isEqualTo("flowshield: It can't.\n  -> Wait.\n");
        assertThat(verb("disconnect", "--json")).isEqualTo(status);
        assertThat(out.toString())
                .isEqualTo(
                        "{\"error\":{\"code\":\"no_way\",\"message\":\"It can't.\",\"action\":\"Wait.\"}}\n");
    }

    @Test
    void without_a_daemon_the_exit_status_is_three_and_the_message_says_what_to_do()
            throws Exception {
        served.close();
        assertThat(verb("status")).isEqualTo(3);
        assertThat(err.toString())
                .contains("no daemon runs here: there is no socket " + folder)
                .contains("sudo flowshield daemon");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    connect --country XX             | there is no country
                    connect /a --country NL          | not both
                    providers --country Holland      | there is no country
                    providers --min-mbps -1          | 0 or more
                    providers --sort best            | --sort
                    providers --limit 0              | 1 to 100
                    connect /a --lanes 5             | lanes is 1 to 4
                    connect /a --lanes many          | is not an int
                    role enable                      | Missing required parameter
                    role enable verifier             | roles: client, provider, fullnode
                    role                             | enable or disable
                    status --data /a --socket /b     | mutually exclusive
                    connect /a --max-price -1        | not less than 0
                    connect /a --max-price cheap     | this is no amount
                    channel                          | list, open, top-up or close
                    channel open /a                  | Missing required parameter
                    channel open 0x12 1              | an address has 40
                    channel open /a 0                | more than 0
                    channel top-up 0x11 many         | this is no amount
                    earnings --days 0                | 1 to 366
                    spending set                     | say which
                    settings --dns quad9             | is not an IP address
                    settings --dns 127.0.0.1         | through a tunnel
                    settings --dns ,                 | no server is named
                    settings --lan maybe             | neither on nor off
                    logs --lines 0                   | --lines is 1 to 2000
                    logs --lines 2001                | --lines is 1 to 2000
                    logs --level loud                | --level
                    """)
    void a_wrong_command_line_is_a_usage_error(String line, String message) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
        assertThat(served.node().status().client()).isNull();
    }

    // ------------------------------------------------------------ the log

    private void write(LogLevel level, String message) {
        served.node()
                .log()
                .take(Instant.parse("2026-01-02T03:04:05Z"), level, "a.b.Weather", message);
    }

    @Test
    void logs_shows_what_the_daemon_has_written() {
        assertThat(verb("logs")).isZero();
        assertThat(out.toString()).isEmpty();
        write(LogLevel.INFO, "the sun shines");
        write(LogLevel.WARN, "it rains\n\tat a.Cloud");
        assertThat(verb("logs")).isZero();
        assertThat(out.toString().lines())
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line).endsWith(" INFO  Weather: the sun shines"),
                        line -> assertThat(line).endsWith(" WARN  Weather: it rains"),
                        line -> assertThat(line).isEqualTo("    \tat a.Cloud"));
        assertThat(verb("logs", "--level", "warn", "--lines", "1")).isZero();
        assertThat(out.toString()).contains("it rains").doesNotContain("the sun shines");
        JsonNode told = json("logs", "--level", "info", "--lines", "5");
        assertThat(told.get("last").asInt()).isEqualTo(2);
        assertThat(told.at("/entries/0").toString())
                .isEqualTo(
                        "{\"number\":1,\"at\":\"2026-01-02T03:04:05Z\",\"level\":\"info\","
                                + "\"logger\":\"a.b.Weather\",\"message\":\"the sun shines\"}");
    }

    @Test
    void following_the_log_tells_each_entry_once_until_it_is_stopped() throws Exception {
        write(LogLevel.WARN, "one");
        try (Child child = new Child("logs", "--follow", "--json", "--level", "warn")) {
            assertThat(child.json().get("message").asString()).isEqualTo("one");
            write(LogLevel.INFO, "not asked for");
            write(LogLevel.WARN, "two");
            write(LogLevel.ERROR, "three");
            assertThat(child.json().get("message").asString()).isEqualTo("two");
            assertThat(child.json().get("message").asString()).isEqualTo("three");
            child.interrupt();
            assertThat(child.exit()).isEqualTo(130);
            assertThat(child.errors()).isEmpty();
        }
    }

    @Test
    void following_goes_on_with_a_daemon_that_was_started_anew_and_ends_without_one()
            throws Exception {
        write(LogLevel.INFO, "one");
        write(LogLevel.INFO, "two");
        try (Child child = new Child("logs", "-f", "-n", "1")) {
            assertThat(child.line()).endsWith("Weather: two");
            served.node().beginLog(Instant.parse("2026-05-05T05:05:05Z"));
            write(LogLevel.INFO, "the first of the next");
            assertThat(child.line()).endsWith("Weather: the first of the next");
            assertThat(child.error()).isEqualTo("the daemon was started anew");
            served.close();
            assertThat(child.error()).contains("no daemon runs here");
            assertThat(child.exit()).isEqualTo(3);
        }
    }

    // ------------------------------------------------------------ verbs that last

    @Test
    void watch_tells_each_change_until_the_daemon_stops() throws Exception {
        try (Child child = new Child("status", "--watch", "--json")) {
            assertThat(child.json().get("event").asString()).isEqualTo("snapshot");
            served.node().enable(RoleName.CLIENT);
            List<String> events = new ArrayList<>();
            events.add(child.json().get("event").asString());
            JsonNode client = child.json();
            events.add(client.get("event").asString());
            assertThat(events).containsExactly("roles", "client");
            assertThat(client.at("/data/state").asString()).isEqualTo("disconnected");
            served.close();
            assertThat(child.json().at("/error/code").asString()).isEqualTo("daemon_stopped");
            assertThat(child.exit()).isEqualTo(3);
        }
    }

    @Test
    void watch_in_words_is_a_table_and_a_line_for_each_change() throws Exception {
        try (Child child = new Child("status", "--watch")) {
            assertThat(child.line()).isEqualTo("client     off");
            served.node().set(served.node().withClient(MemoryNode.reconnecting()));
            String line = child.line();
            while (!line.contains("reconnecting")) {
                line = child.line();
            }
            assertThat(line).endsWith("  reconnecting  sent 0  received 0");
        }
    }

    @Test
    void ctrl_c_gives_up_connecting() throws Exception {
        served.node().holdAttempts();
        try (Child child = new Child("connect", MemoryNode.PROVIDER)) {
            served.node().awaitAttempt(child.process);
            child.interrupt();
            assertThat(child.exit()).isEqualTo(130);
            assertThat(child.errors())
                    .contains("given up")
                    .noneMatch(line -> line.contains("unexpected"));
        }
        assertThat(served.node().status().client())
                .isNotNull()
                .satisfies(c -> assertThat(c.state()).isEqualTo(ClientState.DISCONNECTED));
    }

    @Test
    void connecting_tells_how_it_gets_on() throws Exception {
        var attempt = served.node().holdAttempts();
        try (Child child = new Child("connect", MemoryNode.PROVIDER)) {
            served.node().awaitAttempt(child.process);
            assertThat(child.error()).isEqualTo("connecting");
            served.node().set(served.node().withClient(MemoryNode.reconnecting()));
            assertThat(child.error()).contains("3 failed so far: the provider does not answer");
            attempt.completeExceptionally(
                    new RefusedException(
                            Kind.FAILED, new Problem("unreachable", "No answer.", "Try another.")));
            assertThat(child.error())
                    .isEqualTo("not /ip4/203.0.113.3/tcp/4001: the provider was not there");
            assertThat(child.error()).isEqualTo("flowshield: No answer.");
            assertThat(child.exit()).isEqualTo(1);
        }
        assertThat(served.node().status().roles().getFirst().state()).isEqualTo(RoleState.OFF);
    }

    // ------------------------------------------------------------ helpers

    /** Runs a verb on the test's socket. */
    private int verb(String... arguments) {
        return run(withSocket(arguments));
    }

    private JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        assertThat(verb(all.toArray(String[]::new))).isZero();
        return ApiJson.strict().readTree(out.toString());
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return FlowShield.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private String[] withSocket(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--socket");
        all.add(served.socket().toString());
        return all.toArray(String[]::new);
    }

    /** Runs a verb on a terminal and types an answer to its question. */
    private String onTerminal(String answer, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(FlowShield.class.getName());
        command.addAll(List.of(withSocket(arguments)));
        String line =
                command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Process process =
                new ProcessBuilder("script", "--quiet", "--command", line, "/dev/null")
                        .redirectErrorStream(true)
                        .start();
        try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
            input.write(answer + "\n");
            input.flush();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    private static JsonNode tree(Object value) {
        return ApiJson.strict().valueToTree(value);
    }

    /** The command line in a process of its own. */
    private final class Child implements AutoCloseable {

        private final Process process;
        private final BufferedReader lines;
        private final BufferedReader errors;

        Child(String... arguments) throws IOException {
            // Whoever runs the tests may ignore Ctrl-C, as what a script runs in the background.
            List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
            command.add(System.getProperty("java.class.path"));
            command.add(FlowShield.class.getName());
            command.addAll(List.of(withSocket(arguments)));
            process = new ProcessBuilder(command).start();
            lines = process.inputReader(StandardCharsets.UTF_8);
            errors = process.errorReader(StandardCharsets.UTF_8);
        }

        String line() throws IOException {
            return next(lines);
        }

        String error() throws IOException {
            return next(errors);
        }

        List<String> errors() throws IOException {
            return errors.readAllLines();
        }

        JsonNode json() throws IOException {
            return ApiJson.strict().readTree(line());
        }

        private String next(BufferedReader reader) throws IOException {
            String line = reader.readLine();
            if (line == null) {
                throw new IOException("the command ended: " + errors.readLine());
            }
            return line;
        }

        void interrupt() throws IOException, InterruptedException {
            assertThat(
                            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                                    .start()
                                    .waitFor())
                    .isZero();
        }

        int exit() throws InterruptedException {
            return process.waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
