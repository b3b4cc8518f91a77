package org.flowshield.contracts.network;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads and writes network files, in TOML. */
public final class NetworkFile {

    /** A network is described on a page. */
    private static final int MAX_BYTES = 64 * 1024;

    private NetworkFile() {}

    public static Network read(Path file) throws IOException, MalformedNetworkException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new MalformedNetworkException(
                    List.of(file + ": larger than 64 KiB, this is no network file"));
        }
        return parse(file.toString(), new String(bytes, StandardCharsets.UTF_8));
    }

    /** Reads what stands in a file of that name. */
    public static Network parse(String name, String text) throws MalformedNetworkException {
        JsonNode root;
        try {
            root = TomlMapper.builder().build().readTree(text);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new MalformedNetworkException(
                    List.of(
                            name
                                    + (line > 0 ? ":" + line : "")
                                    + ": not TOML: "
                                    + e.getOriginalMessage()));
        }
        return new NetworkReader(name, root).read();
    }

    /** Writes a new file; one that is there stays as it is. */
    public static void write(Network network, Path file) throws IOException {
        Files.writeString(file, format(network), StandardOpenOption.CREATE_NEW);
    }

    /** The text that {@link #parse} reads. */
    public static String format(Network network) {
        ContractAddresses at = network.contracts();
        String faucet =
                network.faucet().map(uri -> "faucet = " + quoted(uri.toString()) + "\n").orElse("");
        return """
        name = %s
        chain-id = %s
        rpc = %s
        gas-symbol = %s
        confirmations = %d
        first-block = %d
        bootstrap = %s
        %s
        [contracts]
        flow-token = "%s"
        payment-channels = "%s"
        payee-gate = "%s"
        provider-registry = "%s"
        identity-registry = "%s"
        stake-vault = "%s"
        access-manager = "%s"
        timelock = "%s"
        """
                .formatted(
                        quoted(network.name()),
                        network.chain(),
                        list(network.rpcs().stream().map(URI::toString).toList()),
                        quoted(network.gasSymbol()),
                        network.confirmations(),
                        network.firstBlock(),
                        list(network.bootstrap()),
                        faucet,
                        at.token(),
                        at.channels(),
                        at.gate(),
                        at.providers(),
                        at.identities(),
                        at.vault(),
                        at.access(),
                        at.timelock());
    }

    private static String list(List<String> texts) {
        return texts.stream().map(NetworkFile::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A basic string of TOML. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(
                        c -> {
                            if (c == '"' || c == '\\') {
                                quoted.append('\\').appendCodePoint(c);
                            } else if (c < 0x20 || c == 0x7f) {
                                quoted.append("\\u%04x".formatted(c));
                            } else {
                                quoted.appendCodePoint(c);
                            }
                        });
        return quoted.append('"').toString();
    }
}
