package org.flowshield.node.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.flowshield.node.api.MemoryNode;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.ServedNode;
import org.flowshield.node.api.http.RawHttp.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            String method = path.getValue().propertyNames().iterator().next();
            for (String expanded : expand(path.getKey())) {
                documented.add(method + " " + expanded);
            }
        }
        Operations operations = new Operations(served.node());
        TreeSet<String> answered = new TreeSet<>();
        operations
                .paths()
                .forEach(
                        path -> {
                            Operations.Route route = Objects.requireNonNull(operations.route(path));
                            answered.add(route.method().toLowerCase(Locale.ROOT) + " " + path);
                        });
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
        "GET, /v1/openapi.json, /v1/openapi.json",
        "POST, /v1/connect, /v1/connect",
        "POST, /v1/disconnect, /v1/disconnect",
        "POST, /v1/roles/client/enable, /v1/roles/{role}/enable",
        "POST, /v1/roles/provider/disable, /v1/roles/{role}/disable",
    })
    void answers_are_as_documented_whatever_the_node_does(
            String method, String path, String documented) throws Exception {
        String body = path.endsWith("connect") && !path.endsWith("disconnect") ? request() : "";
        served.node().enable(RoleName.CLIENT);
        served.node().enable(RoleName.PROVIDER);
        served.node().set(served.node().withClient(MemoryNode.reconnecting()));
        check(method, documented, 200, RawHttp.ask(served.socket(), method, path, body));
        check(method, documented, 400, RawHttp.ask(served.socket(), method, path, "["));

        served.node().disable(RoleName.CLIENT);
        served.node().disable(RoleName.PROVIDER);
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

    private static String request() {
        return "{\"provider\":\"" + MemoryNode.PROVIDER + "\"}";
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
