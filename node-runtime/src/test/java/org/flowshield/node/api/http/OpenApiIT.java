package org.flowshield.node.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.flowshield.node.api.MemoryMarket;
import org.flowshield.node.api.MemoryNode;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.ServedNode;
import org.flowshield.node.api.http.RawHttp.Reply;
import org.flowshield.node.api.logs.LogLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Holds the OpenAPI document against what a real server answers. */
@Timeout(60)
final class OpenApiIT {

    private static final String ID = "https://flowshield.test/openapi.json";

    @TempDir private Path folder;

    private ServedNode served;
    private JsonNode document;
    private SchemaRegistry schemas;

    @BeforeEach
    void serve() throws IOException {
        served = new ServedNode(folder);
        document = RawHttp.get(served.socket(), "/v1/openapi.json").json();
        schemas =
                SchemaRegistry.withDialect(
                        Dialects.getDraft202012(),
                        registry -> registry.schemas(Map.of(ID, document.toString())));
    }

    @AfterEach
    void stop() throws IOException {
        served.close();
    }

    @Test
    void names_exactly_the_paths_that_are_served() {
        TreeSet<String> documented = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (String method : path.getValue().propertyNames()) {
                for (String expanded : expand(path.getKey())) {
                    documented.add(method + " " + expanded);
                }
            }
        }
        Operations operations = new Operations(served.node());
        TreeSet<String> answered = new TreeSet<>();
        operations
                .paths()
                .forEach(
                        path ->
                                operations
                                        .methods(path)
                                        .forEach(
                                                method ->
                                                        answered.add(
                                                                method.toLowerCase(Locale.ROOT)
                                                                        + " "
                                                                        + path)));
        answered.add("get " + Operations.EVENTS);
        assertThat(documented).isEqualTo(answered);
    }

    private List<String> expand(String path) {
        if (!path.contains("{role}")) {
            return List.of(path);
        }
        List<String> all = new ArrayList<>();
        document.at("/components/schemas/RoleName/enum")
                .forEach(role -> all.add(path.replace("{role}", role.asString())));
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/status, /v1/status",
        "GET, /v1/identity, /v1/identity",
        "GET, /v1/client, /v1/client",
        "GET, /v1/provider, /v1/provider",
        "GET, /v1/fullnode, /v1/fullnode",
        "GET, /v1/openapi.json, /v1/openapi.json",
        "GET, /v1/logs, /v1/logs",
        "GET, /v1/logs?lines=1&level=warn&after=0, /v1/logs",
        "POST, /v1/connect, /v1/connect",
        "POST, /v1/disconnect, /v1/disconnect",
        "POST, /v1/roles/client/enable, /v1/roles/{role}/enable",
        "POST, /v1/roles/provider/disable, /v1/roles/{role}/disable",
        "GET, /v1/providers, /v1/providers",
        "GET, /v1/providers?country=NL&max_price=0.05&sort=price&limit=3, /v1/providers",
        "POST, /v1/identity/proof, /v1/identity/proof",
        "POST, /v1/identity/next, /v1/identity/next",
        "POST, /v1/identity/adopt, /v1/identity/adopt",
        "POST, /v1/identity/wallet, /v1/identity/wallet",
        "POST, /v1/payment/wallet, /v1/payment/wallet",
        "GET, /v1/client/settings, /v1/client/settings",
        "PUT, /v1/client/settings, /v1/client/settings",
        "GET, /v1/network/settings, /v1/network/settings",
        "PUT, /v1/network/settings, /v1/network/settings",
        "GET, /v1/provider/offer, /v1/provider/offer",
        "PUT, /v1/provider/offer, /v1/provider/offer",
        "GET, /v1/provider/schedule, /v1/provider/schedule",
        "PUT, /v1/provider/schedule, /v1/provider/schedule",
        "GET, /v1/payment, /v1/payment",
        "POST, /v1/quote, /v1/quote",
        "GET, /v1/channels, /v1/channels",
        "POST, /v1/channels/open, /v1/channels/open",
        "POST, /v1/channels/top-up, /v1/channels/top-up",
        "POST, /v1/channels/close, /v1/channels/close",
        "GET, /v1/earnings, /v1/earnings",
        "GET, /v1/earnings?days=1, /v1/earnings",
        "POST, /v1/settle, /v1/settle",
        "GET, /v1/spending, /v1/spending",
        "POST, /v1/spending, /v1/spending",
    })
    void answers_are_as_documented_whatever_the_node_does(
            String method, String path, String documented) throws Exception {
        String body = method.equals("GET") ? "" : request(documented);
        served.node().enable(RoleName.CLIENT);
        served.node().enable(RoleName.PROVIDER);
        served.node().enable(RoleName.FULLNODE);
        served.node().set(served.node().withClient(MemoryNode.reconnecting()));
        Reply unconfigured = RawHttp.ask(served.socket(), method, path, body);
        check(method, documented, unconfigured.status(), unconfigured);

        served.node().configurePayment();
        served.node().payments().price("0.25", false);
        served.node().market().add(MemoryMarket.provider("NL", "0.02"));
        served.node().log().take(Instant.EPOCH, LogLevel.WARN, "org.some.Thing", "it rains");
        check(method, documented, 200, RawHttp.ask(served.socket(), method, path, body));
        check(method, documented, 400, RawHttp.ask(served.socket(), method, path, "["));

        served.node().disable(RoleName.CLIENT);
        served.node().disable(RoleName.PROVIDER);
        served.node().disable(RoleName.FULLNODE);
        Reply off = RawHttp.ask(served.socket(), method, path, body);
        check(method, documented, off.status(), off);

        Problem problem = new Problem("no_way", "It can't.", "Wait.");
        for (Kind kind : Kind.values()) {
            served.node().refuseWith(new RefusedException(kind, problem));
            Reply refused = RawHttp.ask(served.socket(), method, path, body);
            check(method, documented, refused.status(), refused);
        }
        served.node().refuseWith(null);
        served.node().failWith(new IllegalStateException("a bug made by a test"));
        Reply failed = RawHttp.ask(served.socket(), method, path, body);
        check(method, documented, failed.status(), failed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /v1/connect         | {"provider":"/a","max_price":"-1"}     | max_price
                    /v1/connect         | {"provider":"/a","max_price":0.5}      | as a string
                    /v1/quote           | {}                                     | provider
                    /v1/channels/open   | {"amount":"1"}                         | either
                    /v1/channels/open   | {"provider":"/a","amount":"0"}         | more than 0
                    /v1/channels/open   | {"payee":"0x12","amount":"1"}          | payee
                    /v1/channels/open   | {"provider":"/a","amount":"1e3"}       | 12.5
                    /v1/channels/top-up | {"channel":"0x12","amount":"1"}        | channel
                    /v1/channels/close  | {}                                     | channel
                    /v1/spending        | {"per_week":"1"}                       | per_week
                    /v1/spending        | {"per_day":"1.0000000000000000001"}    | 19 decimals
                    """)
    void a_wrong_request_about_money_says_which_field(String path, String body, String part)
            throws Exception {
        served.node().configurePayment();
        Reply reply = RawHttp.ask(served.socket(), "POST", path, body);
        check("POST", path, 400, reply);
        assertThat(reply.json().at("/error/message").asString()).contains(part);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"hours":"mon=9"}         | names no hours
                    {"hours":["mon=9-17"]}    | as a string
                    {"enabled":"yes"}         | enabled
                    {"from":9}                | from
                    """)
    void a_wrong_schedule_says_what_is_wrong_with_it(String body, String part) throws Exception {
        Reply reply = RawHttp.ask(served.socket(), "PUT", "/v1/provider/schedule", body);
        check("PUT", "/v1/provider/schedule", 400, reply);
        assertThat(reply.json().at("/error/message").asString()).contains(part);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"rpcs":["ws://rpc.example/secret"]}           | not with ws
                    {"rpcs":["rpc.example/secret"]}                | not a URL
                    {"rpcs":["https://a","https://a"]}             | twice
                    {"rpcs":["https://a",null]}                    | rpcs
                    {"rpcs":"https://a"}                           | rpcs
                    {"rpcs":["http://a","http://b","http://c","http://d","http://e"]} | at most 4
                    {"bootstrap":["203.0.113.7:4001"]}             | not a multiaddr
                    {"bootstrap":["/ip4/203.0.113.7/tcp/4001"]}    | /p2p/ID
                    {"chain":5}                                    | chain
                    """)
    void a_wrong_way_says_what_is_wrong_with_it_and_no_key(String body, String part)
            throws Exception {
        Reply reply = RawHttp.ask(served.socket(), "PUT", "/v1/network/settings", body);
        check("PUT", "/v1/network/settings", 400, reply);
        assertThat(reply.json().at("/error/message").asString())
                .contains(part)
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({"days=0", "days=367", "days=-1", "days=9999", "days=x", "day=1", "days=1&days=2"})
    void a_number_of_days_that_is_none_is_refused(String query) throws Exception {
        served.node().configurePayment();
        Reply reply = RawHttp.get(served.socket(), "/v1/earnings?" + query);
        check("GET", "/v1/earnings", 400, reply);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "country=Netherlands",
                "country=XX",
                "max_price=-1",
                "max_price=1e3",
                "min_bits_per_second=fast",
                "sort=best",
                "limit=0",
                "limit=101",
                "limit=99999999999",
                "limit=1&limit=2",
                "colour=red",
                "nothing",
                "country=%zz"
            })
    void a_question_to_the_market_that_makes_no_sense_is_refused(String query) throws Exception {
        Reply refused = RawHttp.ask(served.socket(), "GET", "/v1/providers?" + query, "");
        assertThat(refused.status()).as(query).isEqualTo(400);
        check("GET", "/v1/providers", 400, refused);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    lines=0              | lines is 1 to 2000
                    lines=2001           | lines is 1 to 2000
                    lines=-1             | "lines" is a whole number
                    lines=9999999999     | lines is 1 to 2000
                    lines=many           | "lines" is a whole number
                    lines=1&lines=2      | twice
                    level=loud           | error, warn, info or debug
                    level=WARN           | error, warn, info or debug
                    after=-1             | "after" is a whole number
                    since=1              | known: lines, level, after
                    """)
    void a_question_to_the_log_that_makes_no_sense_is_refused(String query, String part)
            throws Exception {
        Reply refused = RawHttp.get(served.socket(), "/v1/logs?" + query);
        check("GET", "/v1/logs", 400, refused);
        assertThat(refused.json().at("/error/message").asString()).contains(part);
    }

    @Test
    void every_event_carries_the_schema_of_its_section() throws Exception {
        try (RawHttp http = new RawHttp(served.socket())) {
            http.send("GET /v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(http.status()).isEqualTo(200);
            assertThat(http.headers()).containsEntry("content-type", "text/event-stream");
            assertThat(nextEvent(http)).isEqualTo("snapshot");
            validate("/components/schemas/NodeStatus", nextData(http));
            served.node().enable(RoleName.PROVIDER);
            for (int i = 0; i < 2; i++) {
                String section = nextEvent(http);
                validate("/components/schemas/NodeStatus/properties/" + section, nextData(http));
            }
        }
    }

    @Test
    void the_check_notices_an_answer_that_is_not_as_documented() {
        assertThat(errors("/components/schemas/Identity", "{\"peer_id\":5}")).isNotEmpty();
        assertThat(errors("/components/schemas/Identity", "{}")).isNotEmpty();
        assertThat(
                        errors(
                                "/components/schemas/NodeStatus/properties/client",
                                "{\"state\":\"flying\"}"))
                .isNotEmpty();
        assertThat(errors("/components/schemas/NodeStatus/properties/client", "null")).isEmpty();
        assertThat(errors("/components/schemas/ClientStatus/properties/since", "\"yesterday\""))
                .isNotEmpty();
    }

    private static String request(String path) {
        return switch (path) {
            case "/v1/connect" ->
                    "{\"provider\":\"" + MemoryNode.PROVIDER + "\",\"max_price\":\"0.5\"}";
            case "/v1/quote" -> "{\"provider\":\"" + MemoryNode.PROVIDER + "\"}";
            case "/v1/channels/open" ->
                    "{\"payee\":\"" + MemoryPayments.PAYEE + "\",\"amount\":\"1.5\"}";
            case "/v1/channels/top-up" ->
                    "{\"channel\":\"" + MemoryPayments.CHANNEL + "\",\"amount\":\"1\"}";
            case "/v1/channels/close" -> "{\"channel\":\"" + MemoryPayments.CHANNEL + "\"}";
            case "/v1/identity/proof",
                    "/v1/identity/next",
                    "/v1/identity/wallet",
                    "/v1/payment/wallet" ->
                    "{\"wallet\":\"" + MemoryPayments.PAYEE + "\"}";
            case "/v1/client/settings" -> "{\"dns\":[\"9.9.9.9\"],\"lan\":true}";
            case "/v1/network/settings" ->
                    "{\"rpcs\":[\"https://rpc.example/key\"],\"bootstrap\":[\""
                            + MemoryNode.PROVIDER
                            + "\"]}";
            case "/v1/provider/offer" -> "{\"price_per_gib\":\"0.02\",\"limit\":\"50Mbit\"}";
            case "/v1/provider/schedule" -> "{\"enabled\":true,\"hours\":\"mon-fri=22-7\"}";
            case "/v1/spending" -> "{\"per_day\":\"2\"}";
            default -> "";
        };
    }

    private static String nextEvent(RawHttp http) throws IOException {
        return value(http, "event: ");
    }

    private static String nextData(RawHttp http) throws IOException {
        return value(http, "data: ");
    }

    private static String value(RawHttp http, String prefix) throws IOException {
        String line = http.line();
        while (!line.startsWith(prefix)) {
            line = http.line();
        }
        return line.substring(prefix.length());
    }

    private void check(String method, String documented, int status, Reply reply) {
        assertThat(reply.status()).isEqualTo(status);
        String operation =
                "/paths/" + documented.replace("/", "~1") + "/" + method.toLowerCase(Locale.ROOT);
        String response = operation + "/responses/" + status;
        JsonNode found = document.at(response);
        assertThat(found.isMissingNode()).as("%s is documented", response).isFalse();
        String reference = found.path("$ref").asString("");
        String schema =
                (reference.isEmpty() ? response : reference.substring(1))
                        + "/content/application~1json/schema";
        assertThat(document.at(schema).isMissingNode()).as(schema).isFalse();
        validate(schema, reply.body());
    }

    private void validate(String pointer, String json) {
        assertThat(errors(pointer, json)).as("%s against %s", json, pointer).isEmpty();
    }

    private List<String> errors(String pointer, String json) {
        return schemas
                .getSchema(SchemaLocation.of(ID + "#" + pointer))
                .validate(
                        json,
                        InputFormat.JSON,
                        context ->
                                context.executionConfig(
                                        config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }
}
