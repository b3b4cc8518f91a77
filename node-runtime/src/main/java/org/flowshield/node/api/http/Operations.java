package org.flowshield.node.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.api.Node;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderOffer;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.identity.Identities;
import org.flowshield.node.api.json.ApiJson;
import org.flowshield.node.api.json.ChannelsBody;
import org.flowshield.node.api.json.MalformedValueException;
import org.flowshield.node.api.json.SettlementsBody;
import org.flowshield.node.api.network.BootstrapNode;
import org.flowshield.node.api.network.NetworkChange;
import org.flowshield.node.api.network.RpcUrl;
import org.flowshield.node.api.payment.ChannelOpening;
import org.flowshield.node.api.payment.Payments;
import org.flowshield.node.api.payment.SpendingCaps;
import org.flowshield.node.api.schedule.ScheduleChange;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * What the API does, by path: everything but the event stream. Knows nothing of HTTP but its paths
 * and methods and queries. Safe for use by any thread; operations block.
 */
final class Operations {

    static final String EVENTS = "/v1/events";
    static final String GET = "GET";
    static final String POST = "POST";
    static final String PUT = "PUT";

    private static final String OPENAPI = "openapi.json";

    /** A month is what people ask for first. */
    private static final int DEFAULT_DAYS = 30;

    private static final Pattern DAYS = Pattern.compile("days=(\\d{1,3})");

    /** What is done at one path. */
    @FunctionalInterface
    interface Operation {
        Object apply(Input input) throws RefusedException, InterruptedException;
    }

    /**
     * What a request carries.
     *
     * @param body empty if there is none
     * @param query as it was written, without the question mark; empty if there is none
     */
    record Input(byte[] body, String query) {}

    /** One method of one path. */
    record Route(String method, Operation operation) {

        /** Whether it changes something, and may take long. */
        boolean isAction() {
            return !method.equals(GET);
        }
    }

    /** By path, then by method. */
    private final Map<String, Map<String, Route>> routes = new LinkedHashMap<>();

    Operations(Node node) {
        JsonNode openApi = openApi();
        get("/v1/status", node::status);
        get("/v1/client", () -> present(RoleName.CLIENT, node.status().client()));
        get("/v1/client/settings", node::clientSettings);
        route(
                "/v1/client/settings",
                PUT,
                input -> node.change(settingsChange(parse(input.body(), SettingsBody.class))));
        get("/v1/provider", () -> present(RoleName.PROVIDER, node.status().provider()));
        get("/v1/fullnode", () -> present(RoleName.FULLNODE, node.status().fullnode()));
        get("/v1/openapi.json", () -> openApi);
        post("/v1/connect", body -> node.connect(connectRequest(body)));
        post("/v1/disconnect", nothing(node::disconnect));
        for (RoleName role : RoleName.values()) {
            String path = "/v1/roles/" + role.label();
            post(path + "/enable", nothing(() -> node.enable(role)));
            post(path + "/disable", nothing(() -> node.disable(role)));
        }
        identity(node.identity());
        get("/v1/provider/offer", node.selling()::status);
        route(
                "/v1/provider/offer",
                PUT,
                input -> node.selling().offer(parse(input.body(), ProviderOffer.class)));
        get("/v1/network/settings", node.network()::settings);
        route(
                "/v1/network/settings",
                PUT,
                input ->
                        node.network()
                                .change(networkChange(parse(input.body(), NetworkBody.class))));
        get("/v1/provider/schedule", node.schedule()::status);
        route(
                "/v1/provider/schedule",
                PUT,
                input -> node.schedule().change(parse(input.body(), ScheduleChange.class)));
        payments(node.payments());
        route(MarketOperations.PROVIDERS, GET, new MarketOperations(node.market())::providers);
        route(LogOperations.LOGS, GET, new LogOperations(node.logs())::read);
    }

    private void identity(Identities identity) {
        get("/v1/identity", identity::status);
        post("/v1/identity/proof", body -> identity.prove(wallet(body)));
        post("/v1/identity/next", body -> identity.proveNext(wallet(body)));
        post("/v1/identity/adopt", nothing(identity::adopt));
        post("/v1/identity/wallet", body -> identity.belongTo(wallet(body)));
    }

    private void payments(Payments payments) {
        get("/v1/payment", payments::status);
        post("/v1/quote", body -> payments.quote(provider(parse(body, ProviderBody.class))));
        get("/v1/channels", () -> new ChannelsBody(payments.channels()));
        post("/v1/channels/open", body -> payments.open(opening(body)));
        post(
                "/v1/channels/top-up",
                body -> {
                    TopUpBody sent = parse(body, TopUpBody.class);
                    return payments.topUp(
                            given(sent.channel(), "channel"), given(sent.amount(), "amount"));
                });
        post(
                "/v1/channels/close",
                body -> {
                    CloseBody sent = parse(body, CloseBody.class);
                    return payments.close(given(sent.channel(), "channel"));
                });
        route(
                "/v1/earnings",
                GET,
                input -> {
                    nothing(input.body());
                    return payments.earnings(days(input.query()));
                });
        post("/v1/settle", nothing(() -> new SettlementsBody(payments.settle())));
        get("/v1/spending", payments::spending);
        post("/v1/spending", body -> payments.cap(caps(body, payments)));
        post("/v1/payment/wallet", body -> payments.payFrom(wallet(body)));
    }

    /** What is done by that method at that path; null if nothing is. */
    @Nullable Route route(String path, String method) {
        return routes.getOrDefault(path, Map.of()).get(method);
    }

    /** The methods that a path takes; none if there is no such path. */
    Set<String> methods(String path) {
        return routes.getOrDefault(path, Map.of()).keySet();
    }

    Set<String> paths() {
        return routes.keySet();
    }

    private void route(String path, String method, Operation operation) {
        routes.computeIfAbsent(path, _ -> new LinkedHashMap<>())
                .put(method, new Route(method, operation));
    }

    private void get(String path, Answering answering) {
        Acting acting = nothing(answering);
        route(path, GET, input -> acting.apply(input.body()));
    }

    private void post(String path, Acting acting) {
        route(path, POST, input -> acting.apply(input.body()));
    }

    /** What takes a body. */
    @FunctionalInterface
    private interface Acting {
        Object apply(byte[] body) throws RefusedException, InterruptedException;
    }

    /** What takes none. */
    @FunctionalInterface
    private interface Answering {
        Object get() throws RefusedException, InterruptedException;
    }

    private static Acting nothing(Answering answering) {
        return body -> {
            nothing(body);
            return answering.get();
        };
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
    private record ConnectBody(
            @Nullable String provider,
            @Nullable Integer lanes,
            @Nullable TokenAmount maxPrice,
            @Nullable List<@Nullable String> others,
            @Nullable String country) {}

    /** What {@code PUT /v1/client/settings} takes; what is left out stays as it is. */
    private record SettingsBody(@Nullable List<@Nullable DnsServer> dns, @Nullable Boolean lan) {}

    /** What {@code PUT /v1/network/settings} takes; what is left out stays as it is. */
    private record NetworkBody(
            @Nullable List<@Nullable RpcUrl> rpcs,
            @Nullable List<@Nullable BootstrapNode> bootstrap) {}

    /** What {@code POST /v1/quote} takes. */
    private record ProviderBody(@Nullable String provider) {}

    /** What {@code POST /v1/channels/open} takes. */
    private record OpeningBody(
            @Nullable String provider, @Nullable EvmAddress payee, @Nullable TokenAmount amount) {}

    /** What {@code POST /v1/channels/top-up} takes. */
    private record TopUpBody(@Nullable ChannelId channel, @Nullable TokenAmount amount) {}

    /** What {@code POST /v1/channels/close} takes. */
    private record CloseBody(@Nullable ChannelId channel) {}

    /** What {@code POST /v1/spending} takes; what is left out stays as it is. */
    private record CapsBody(
            @Nullable TokenAmount perSession,
            @Nullable TokenAmount perDay,
            @Nullable TokenAmount perMonth) {}

    /** What the operations of {@code /v1/identity} take. */
    private record OwnerBody(@Nullable EvmAddress wallet) {}

    /** What everything else takes: nothing, or an empty object. */
    private record EmptyBody() {}

    private static EvmAddress wallet(byte[] body) throws RefusedException {
        EvmAddress wallet = given(parse(body, OwnerBody.class).wallet(), "wallet");
        if (wallet.isZero()) {
            throw invalid("nobody has the key of the wallet " + wallet);
        }
        return wallet;
    }

    private static ConnectRequest connectRequest(byte[] body) throws RefusedException {
        ConnectBody sent = parse(body, ConnectBody.class);
        String provider = sent.provider();
        if (provider == null && sent.country() == null) {
            throw invalid(
                    "\"provider\" is missing: a multiaddr, the peer id of a provider of the market, or"
                            + " \"best\"; or \"country\", for the best there");
        }
        try {
            Integer lanes = sent.lanes();
            return new ConnectRequest(
                    provider == null ? ConnectRequest.BEST : provider,
                    lanes == null ? ConnectRequest.DEFAULT_LANES : lanes,
                    sent.maxPrice(),
                    others(sent.others()),
                    sent.country());
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> others(@Nullable List<@Nullable String> sent)
            throws RefusedException {
        return sent == null ? List.of() : all(sent, "others");
    }

    private static ClientSettingsChange settingsChange(SettingsBody sent) throws RefusedException {
        List<DnsServer> dns = sent.dns() == null ? null : all(sent.dns(), "dns");
        try {
            return new ClientSettingsChange(dns, sent.lan());
        } catch (IllegalArgumentException e) {
            throw invalid("\"dns\": " + e.getMessage());
        }
    }

    private static NetworkChange networkChange(NetworkBody sent) throws RefusedException {
        List<RpcUrl> rpcs = sent.rpcs() == null ? null : all(sent.rpcs(), "rpcs");
        List<BootstrapNode> bootstrap =
                sent.bootstrap() == null ? null : all(sent.bootstrap(), "bootstrap");
        try {
            return new NetworkChange(rpcs, bootstrap);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static String provider(ProviderBody sent) throws RefusedException {
        String provider = given(sent.provider(), "provider");
        if (provider.isBlank() || provider.length() > ConnectRequest.MAX_PROVIDER_CHARS) {
            throw invalid("provider is a multiaddr");
        }
        return provider;
    }

    private static ChannelOpening opening(byte[] body) throws RefusedException {
        OpeningBody sent = parse(body, OpeningBody.class);
        TokenAmount amount = given(sent.amount(), "amount");
        try {
            return new ChannelOpening(sent.provider(), sent.payee(), amount);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static SpendingCaps caps(byte[] body, Payments payments)
            throws RefusedException, InterruptedException {
        CapsBody sent = parse(body, CapsBody.class);
        SpendingCaps before = payments.spending().caps();
        return new SpendingCaps(
                sent.perSession() == null ? before.perSession() : sent.perSession(),
                sent.perDay() == null ? before.perDay() : sent.perDay(),
                sent.perMonth() == null ? before.perMonth() : sent.perMonth());
    }

    private static int days(String query) throws RefusedException {
        if (query.isEmpty()) {
            return DEFAULT_DAYS;
        }
        Matcher days = DAYS.matcher(query);
        int number = days.matches() ? Integer.parseInt(days.group(1)) : 0;
        if (number < 1 || number > Payments.MAX_DAYS) {
            throw invalid("only ?days=N is taken here, with N from 1 to " + Payments.MAX_DAYS);
        }
        return number;
    }

    private static <T> List<T> all(List<@Nullable T> sent, String field) throws RefusedException {
        List<T> all = new ArrayList<>();
        for (T each : sent) {
            all.add(given(each, field));
        }
        return all;
    }

    private static <T> T given(@Nullable T value, String field) throws RefusedException {
        if (value == null) {
            throw invalid("\"" + field + "\" is missing");
        }
        return value;
    }

    static void nothing(byte[] body) throws RefusedException {
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
        } catch (MalformedValueException e) {
            throw invalid(field(e) + ": " + e.getOriginalMessage());
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

    static RefusedException invalid(String what) {
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
