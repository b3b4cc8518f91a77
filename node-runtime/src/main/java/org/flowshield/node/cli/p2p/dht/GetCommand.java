package org.flowshield.node.cli.p2p.dht;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowshield.libp2p.kad.Dht;
import org.flowshield.libp2p.kad.FoundValue;
import org.flowshield.libp2p.kad.records.InvalidValueException;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.p2p.Peer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds values in the DHT. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Finds the best value of each key.",
        footer = {
            "",
            "--json prints {\"key\",\"value\",\"base64\",\"agreeing\",\"asked\"}, one line for",
            "each; \"value\" is missing if it is no text."
        })
final class GetCommand extends DhtVerb {

    @Option(
            names = "--quorum",
            paramLabel = "N",
            defaultValue = "0",
            description = {
                "How many values are enough; 0 asks everybody who may have one,",
                "which finds the best for sure (default: ${DEFAULT-VALUE})."
            })
    private int quorum;

    @Parameters(
            paramLabel = "KEY",
            arity = "1..*",
            converter = ValueKey.class,
            description = "Names of values, for instance /v/hello.")
    private List<RecordKey> keys = List.of();

    @Override
    void run(Peer peer, Dht dht) throws IOException, InvalidValueException, CommandFailedException {
        List<String> missing = new ArrayList<>();
        for (RecordKey key : keys) {
            Optional<FoundValue> found = dht.get(key, Math.max(0, quorum), limit());
            if (found.isPresent()) {
                print(key, found.get());
            } else {
                missing.add(key.toString());
            }
        }
        if (!missing.isEmpty()) {
            throw notFound(missing);
        }
    }

    private void print(RecordKey key, FoundValue found) {
        Optional<String> text = text(found.value());
        String base64 = Base64.getEncoder().encodeToString(found.value());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", key.toString());
        text.ifPresent(value -> json.put("value", value));
        json.put("base64", base64);
        json.put("agreeing", found.agreeing());
        json.put("asked", found.asked());
        String shown =
                text.filter(value -> value.chars().noneMatch(Character::isISOControl))
                        .orElse("base64 " + base64);
        output().print(keys.size() == 1 ? shown : key + " " + shown, json);
    }

    private static Optional<String> text(byte[] value) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
