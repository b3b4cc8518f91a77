package org.flowshield.node.fullnode.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowshield.node.market.SomeMarket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

@Timeout(60)
final class MarketServerIT {

    private static final int COUNT = 70;

    @TempDir private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private SomeMarketServer market;

    @BeforeEach
    void open() throws Exception {
        market = new SomeMarketServer(folder, COUNT, SomeMarket.NOW);
    }

    @AfterEach
    void close() throws IOException {
        http.close();
        market.close();
    }

    private HttpResponse<String> ask(String method, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create(market.server.url()).resolve(path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask("GET", path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    @Test
    void all_providers_come_page_by_page() throws Exception {
        Set<String> peers = new LinkedHashSet<>();
        String next = "";
        int pages = 0;
        do {
            JsonNode page = json("/v1/providers?sort=price&limit=20&after=" + next);
            page.get("providers").forEach(each -> peers.add(each.get("peer").asString()));
            next = page.get("next").isNull() ? "" : page.get("next").asString();
            pages++;
        } while (!next.isEmpty());
        assertThat(peers).hasSize(COUNT);
        assertThat(pages).isEqualTo(4);
    }

    @Test
    void filters_are_kept_to_and_what_is_claimed_is_called_so() throws Exception {
        JsonNode page = json("/v1/providers?country=nl&max_price=0.05&min_mbps=50");
        assertThat(page.get("providers")).isNotEmpty();
        page.get("providers")
                .forEach(
                        each -> {
                            assertThat(each.get("claimed_country").asString()).isEqualTo("NL");
                            assertThat(each.get("claimed_bits_per_second").asLong())
                                    .isGreaterThanOrEqualTo(50_000_000);
                            assertThat(Double.parseDouble(each.get("price_per_gib").asString()))
                                    .isLessThanOrEqualTo(0.05);
                        });
    }

    @Test
    void one_provider_is_told_with_its_reasons() throws Exception {
        String peer = market.providers.getFirst().node().peer().toString();
        JsonNode one = json("/v1/providers/" + peer);
        assertThat(one.get("peer").asString()).isEqualTo(peer);
        assertThat(one.get("state").asString()).isEqualTo("online");
        assertThat(one.get("reasons")).hasSize(5);
        assertThat(one.get("addresses").get(0).asString()).endsWith("/p2p/" + peer);
        String nobody = SomeMarket.provider(1).node().peer().toString();
        assertThat(ask("GET", "/v1/providers/" + nobody).statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/v1/providers/nobody").statusCode()).isEqualTo(400);
    }

    @Test
    void the_network_is_counted() throws Exception {
        JsonNode network = json("/v1/network");
        assertThat(network.get("offers").asInt()).isEqualTo(COUNT);
        assertThat(network.get("online").asInt()).isEqualTo(50);
        assertThat(network.get("prices").get("median").asString()).startsWith("0.0");
        assertThat(network.get("claimed_countries").get("??").asInt()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "country=Netherlands",
                "max_price=cheap",
                "min_mbps=-1",
                "min_mbps=999999999999",
                "min_mbps=999999999999999999999999",
                "sort=best",
                "limit=0",
                "limit=101",
                "after=nowhere",
                "color=red",
                "limit=1&limit=2",
                "country=%ZZ"
            })
    void a_wrong_parameter_is_named(String query) throws Exception {
        // Java's client takes no address that is encoded wrongly: this goes over a plain socket.
        URI uri = URI.create(market.server.url());
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            String request =
                    "GET /v1/providers?"
                            + query
                            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"malformed\"");
        }
    }

    @Test
    void nothing_but_reading_is_possible() throws Exception {
        for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
            HttpResponse<String> answer = ask(method, "/v1/providers");
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
        }
        assertThat(ask("HEAD", "/").body()).isEmpty();
        assertThat(ask("GET", "/../../etc/passwd").statusCode()).isIn(400, 404);
        assertThat(ask("GET", "/explorer.html").statusCode()).isEqualTo(404);
    }

    @Test
    void the_page_may_load_nothing_from_elsewhere() throws Exception {
        for (String path : new String[] {"/", "/explorer.css", "/explorer.js", "/v1/network"}) {
            HttpResponse<String> answer = ask("GET", path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'none'; script-src 'self'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(answer.body().replace("http://www.w3.org/2000/svg", ""))
                    .doesNotContain("http://", "https://", "innerHTML");
        }
    }

    @Test
    void answers_are_as_the_openapi_document_says() throws Exception {
        JsonNode document = YAMLMapper.shared().readTree(ask("GET", "/openapi.yaml").body());
        String id = "https://flowshield.test/market.yaml";
        SchemaRegistry schemas =
                SchemaRegistry.withDialect(
                        Dialects.getDraft202012(),
                        registry -> registry.schemas(Map.of(id, document.toString())));
        String peer = market.providers.getLast().node().peer().toString();
        Map<String, String> bodies =
                Map.of(
                        "/v1/providers",
                        "Page",
                        "/v1/providers/" + peer,
                        "Provider",
                        "/v1/network",
                        "Network",
                        "/health",
                        "Health",
                        "/v1/providers?limit=0",
                        "Error",
                        "/nowhere",
                        "Error");
        for (Map.Entry<String, String> each : bodies.entrySet()) {
            Schema schema =
                    schemas.getSchema(
                            SchemaLocation.of(id + "#/components/schemas/" + each.getValue()));
            assertThat(schema.validate(ask("GET", each.getKey()).body(), InputFormat.JSON))
                    .as(each.getKey())
                    .isEmpty();
        }
    }

    @Test
    void health_says_why_nothing_is_served() throws Exception {
        assertThat(json("/health").get("status").asString()).isEqualTo("ok");
        market.trouble = java.util.Optional.of("the chain is not heard of");
        assertThat(ask("GET", "/health").statusCode()).isEqualTo(503);
        HttpResponse<String> answer = ask("GET", "/v1/providers");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("the chain is not heard of");
    }

    @Test
    void one_address_that_keeps_silent_connections_does_not_take_the_listener() throws Exception {
        URI uri = URI.create(market.server.url());
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < Visitors.MOST_OF_ONE; i++) {
                Socket socket = new Socket(uri.getHost(), uri.getPort());
                socket.getOutputStream().write("GET / HT".getBytes(US_ASCII));
                silent.add(socket);
            }
            assertThat(ask("GET", "/health").statusCode()).isEqualTo(200);
            // The first made room.
            assertThat(silent.getFirst().getInputStream().read()).isNegative();
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void who_asks_too_often_is_told_to_wait() throws Exception {
        int refused = 0;
        for (int i = 0; i < 2 * MarketHandler.REQUESTS_AT_ONCE && refused == 0; i++) {
            refused += ask("GET", "/health").statusCode() == 429 ? 1 : 0;
        }
        assertThat(refused).isEqualTo(1);
        assertThat(market.server.refused()).isEqualTo(1);
    }
}
