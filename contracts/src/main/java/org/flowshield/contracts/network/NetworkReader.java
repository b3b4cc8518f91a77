package org.flowshield.contracts.network;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the fields of one network file and keeps what is wrong with them. Used once. */
final class NetworkReader {

    private static final Set<String> FIELDS =
            Set.of(
                    "name",
                    "chain-id",
                    "rpc",
                    "gas-symbol",
                    "confirmations",
                    "first-block",
                    "bootstrap",
                    "faucet",
                    "contracts");

    private static final Set<String> CONTRACTS =
            Set.of(
                    "flow-token",
                    "payment-channels",
                    "payee-gate",
                    "provider-registry",
                    "identity-registry",
                    "stake-vault",
                    "access-manager",
                    "timelock");

    private static final String DEFAULT_SYMBOL = "ETH";

    /** A name or symbol is shown in sentences. */
    private static final int MAX_NAME = 64;

    private static final int MAX_LIST = 64;

    /** Nobody waits for longer, and no chain needs it. */
    private static final int MAX_CONFIRMATIONS = 1000;

    /** Enough for the default where a file says nothing: a chain with a few seconds a block. */
    private static final int DEFAULT_CONFIRMATIONS = 3;

    private final String file;
    private final JsonNode root;
    private final List<String> problems = new ArrayList<>();

    NetworkReader(String file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    Network read() throws MalformedNetworkException {
        unknown(root, FIELDS, "");
        JsonNode contracts = root.path("contracts");
        unknown(contracts, CONTRACTS, "contracts.");
        String name = text("name", null);
        long chain = number("chain-id", 1, Long.MAX_VALUE, null);
        List<URI> rpcs = rpcs();
        String symbol = text("gas-symbol", DEFAULT_SYMBOL);
        long confirmations =
                number("confirmations", 1, MAX_CONFIRMATIONS, (long) DEFAULT_CONFIRMATIONS);
        long firstBlock = number("first-block", 0, Long.MAX_VALUE, 0L);
        ContractAddresses addresses =
                new ContractAddresses(
                        address("flow-token"),
                        address("payment-channels"),
                        address("payee-gate"),
                        address("provider-registry"),
                        address("identity-registry"),
                        address("stake-vault"),
                        address("access-manager"),
                        address("timelock"));
        List<String> bootstrap = texts("bootstrap");
        @Nullable URI faucet = root.has("faucet") ? http("faucet", root.path("faucet")) : null;
        if (!problems.isEmpty()) {
            throw new MalformedNetworkException(problems);
        }
        return new Network(
                name,
                new ChainId(chain),
                rpcs,
                symbol,
                (int) confirmations,
                firstBlock,
                addresses,
                bootstrap,
                faucet);
    }

    private void problem(String field, String what) {
        problems.add(file + ": " + field + " " + what);
    }

    private void unknown(JsonNode table, Set<String> known, String prefix) {
        for (var field : table.properties()) {
            if (!known.contains(field.getKey())) {
                problem(prefix + field.getKey(), "is no field of a network file");
            }
        }
    }

    private String text(String field, @Nullable String otherwise) {
        JsonNode node = root.path(field);
        if (node.isMissingNode() && otherwise != null) {
            return otherwise;
        }
        if (!node.isString() || node.asString().isBlank() || node.asString().length() > MAX_NAME) {
            problem(field, "must be a text of 1 to " + MAX_NAME + " letters");
            return "";
        }
        return node.asString();
    }

    private long number(String field, long from, long to, @Nullable Long otherwise) {
        JsonNode node = root.path(field);
        if (node.isMissingNode() && otherwise != null) {
            return otherwise;
        }
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.asLong() < from
                || node.asLong() > to) {
            problem(
                    field,
                    "must be a whole number from "
                            + from
                            + (to == Long.MAX_VALUE ? " on" : " to " + to));
            return from;
        }
        return node.asLong();
    }

    private List<String> texts(String field) {
        JsonNode node = root.path(field);
        List<String> texts = new ArrayList<>();
        if (node.isMissingNode()) {
            return texts;
        }
        boolean sound = node.isArray() && node.size() <= MAX_LIST;
        for (JsonNode element : node) {
            sound &= element.isString();
            texts.add(element.asString());
        }
        if (!sound) {
            problem(field, "must be a list of at most " + MAX_LIST + " texts");
        }
        return texts;
    }

    private List<URI> rpcs() {
        JsonNode node = root.path("rpc");
        List<URI> uris = new ArrayList<>();
        if (!node.isArray() || node.isEmpty() || node.size() > MAX_LIST) {
            problem(
                    "rpc",
                    "must be a list of 1 to "
                            + MAX_LIST
                            + " URLs, like"
                            + " [\"http://127.0.0.1:8545\"]");
            return uris;
        }
        for (JsonNode element : node) {
            @Nullable URI uri = http("rpc", element);
            if (uri != null) {
                uris.add(uri);
            }
        }
        return uris;
    }

    private @Nullable URI http(String field, JsonNode node) {
        try {
            URI uri = new URI(node.asString(""));
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        problem(field, "must be a URL that begins with http:// or https://");
        return null;
    }

    private EvmAddress address(String field) {
        JsonNode node = root.path("contracts").path(field);
        String full = "contracts." + field;
        if (node.isMissingNode()) {
            problem(full, "is missing: the address of that contract, 0x and 40 digits");
            return EvmAddress.ZERO;
        }
        try {
            EvmAddress address = EvmAddress.parse(node.asString(""));
            if (address.isZero()) {
                problem(full, "is the address 0, where no contract is");
            }
            return address;
        } catch (MalformedAddressException e) {
            problem(full, "must be an address: " + e.getMessage());
            return EvmAddress.ZERO;
        }
    }
}
