package org.flowshield.libp2p;

import java.io.InputStream;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The committed test vectors: bytes that other implementations of libp2p made or take. */
public final class Vectors {

    private static final JsonNode ALL = load();

    private Vectors() {}

    /** The entries of one list of the file. */
    public static Stream<JsonNode> list(String name) {
        return StreamSupport.stream(section(name).spliterator(), false);
    }

    public static JsonNode section(String name) {
        return Objects.requireNonNull(ALL.get(name), name);
    }

    public static JsonNode identity(String name) {
        return list("identities")
                .filter(identity -> identity.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public static byte[] hex(JsonNode text) {
        return HexFormat.of().parseHex(text.asString());
    }

    private static JsonNode load() {
        InputStream file =
                Objects.requireNonNull(
                        Vectors.class.getResourceAsStream("vectors.json"), "vectors.json");
        return JsonMapper.shared().readTree(file);
    }
}
