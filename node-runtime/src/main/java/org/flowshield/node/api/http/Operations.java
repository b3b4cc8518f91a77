package org.flowshield.node.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.Node;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.json.ApiJson;
import org.flowshield.node.api.json.IdentityBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * What the API does, by path: everything but the event stream. Knows nothing of HTTP but its paths
 * and methods. Safe for use by any thread; operations block.
 */
final class Operations {

    static final String EVENTS = "/v1/events";
    static final String GET = "GET";
    static final String POST = "POST";

    private static final String OPENAPI = "openapi.json";

    /** What is done at one path; the body is that of the request. */
    @FunctionalInterface
    interface Operation {
        Object apply(byte[] body) throws RefusedException, InterruptedException;
    }

    /**
     * @param method the only one that the path takes
     */
    record Route(String method, Operation operation) {

        /** Whether it changes something, and may take long. */
        boolean isAction() {
            return method.equals(POST);
        }
    }

    private final Map<String, Route> routes = new LinkedHashMap<>();

    Operations(Node node) {
        JsonNode openApi = openApi();
        get("/v1/status", node::status);
        get("/v1/identity", () -> new IdentityBody(node.status().peerId()));
        get("/v1/client", () -> present(RoleName.CLIENT, node.status().client()));
        get("/v1/provider", () -> present(RoleName.PROVIDER, node.status().provider()));
        get("/v1/openapi.json", () -> openApi);
        post("/v1/connect", body -> node.connect(connectRequest(body)));
        post(
                "/v1/disconnect",
                body -> {
                    nothing(body);
                    return node.disconnect();
                });
        for (RoleName role : RoleName.values()) {
            String path = "/v1/roles/" + role.label();
            post(
                    path + "/enable",
                    body -> {
                        nothing(body);
                        return node.enable(role);
                    });
            post(
                    path + "/disable",
                    body -> {
                        nothing(body);
                        return node.disable(role);
                    });
        }
    }

    /** What is done at that path; null if nothing is. */
    @Nullable Route route(String path) {
        return routes.get(path);
    }

    Set<String> paths() {
        return routes.keySet();
    }

    private void get(String path, Reading reading) {
        routes.put(
                path,
                new Route(
                        GET,
                        body -> {
                            nothing(body);
                            return reading.get();
                        }));
    }

    private void post(String path, Operation operation) {
        routes.put(path, new Route(POST, operation));
    }

    /** What only reads. */
    @FunctionalInterface
    private interface Reading {
        Object get() throws RefusedException;
    }

    private static Object present(RoleName role, @Nullable Object section) throws RefusedException {
        if (section == null) {
            throw new RefusedException(
                    Kind.REFUSED,
                    new Problem(
                            "role_off",
                            "the role " + role.label() + " is switched off",
                            "flowshield role enable " + role.label()));
        }
        return section;
    }

    // ------------------------------------------------------------ requests

    /** What {@code POST /v1/connect} takes. */
    private record ConnectBody(@Nullable String provider, @Nullable Integer lanes) {}

    /** What everything else takes: nothing, or an empty object. */
    private record EmptyBody() {}

    private static ConnectRequest connectRequest(byte[] body) throws RefusedException {
        ConnectBody sent = parse(body, ConnectBody.class);
        if (sent.provider() == null) {
            throw invalid("\"provider\" is missing: the multiaddr to connect to");
        }
        try {
            Integer lanes = sent.lanes();
            return new ConnectRequest(
                    sent.provider(), lanes == null ? ConnectRequest.DEFAULT_LANES : lanes);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static void nothing(byte[] body) throws RefusedException {
        if (body.length > 0) {
            EmptyBody _ = parse(body, EmptyBody.class);
        }
    }

    private static <T> T parse(byte[] body, Class<T> type) throws RefusedException {
        JsonNode json = object(body);
        try {
            return ApiJson.strict().treeToValue(json, type);
        } catch (UnrecognizedPropertyException e) {
            throw invalid("there is no field \"" + e.getPropertyName() + "\"" + known(e));
        } catch (JacksonException e) {
            throw invalid("a field has the wrong type: " + field(e));
        }
    }

    private static JsonNode object(byte[] body) throws RefusedException {
        try {
            JsonNode json = ApiJson.strict().readTree(body);
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            throw invalid("the body is not JSON: " + where(e));
        }
        throw invalid("the body is not a JSON object");
    }

    private static String known(UnrecognizedPropertyException e) {
        var known = e.getKnownPropertyIds();
        return known == null || known.isEmpty() ? "; this request takes none" : "; known: " + known;
    }

    private static String field(JacksonException e) {
        return e.getPath().isEmpty() ? "?" : "\"" + e.getPath().getFirst().getPropertyName() + "\"";
    }

    private static String where(JacksonException e) {
        var at = e.getLocation();
        return at == null
                ? "it ends too early"
                : "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static RefusedException invalid(String what) {
        return new RefusedException(
                Kind.INVALID,
                new Problem("bad_request", what, "see /v1/openapi.json for what is taken"));
    }

    private static JsonNode openApi() {
        try (InputStream in = Operations.class.getResourceAsStream(OPENAPI)) {
            if (in == null) {
                throw new IllegalStateException(OPENAPI + " is missing: the build is broken");
            }
            return ApiJson.strict().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
