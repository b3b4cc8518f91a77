package org.flowshield.node.cli.p2p.dht;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowshield.libp2p.kad.Dht;
import org.flowshield.libp2p.kad.Stored;
import org.flowshield.libp2p.kad.records.InvalidValueException;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.kad.wire.ValueRecord;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.p2p.Peer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Keeps a value in the DHT. */
@Command(
        name = "put",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Keeps a value on the peers nearest to its key, for up to 48 hours.",
            "Under /v/ anything can be kept; of several values the greatest wins."
        },
        footer = {"", "--json prints {\"key\",\"kept\",\"failed\"}."})
final class PutCommand extends DhtVerb {

    @Parameters(
            index = "0",
            paramLabel = "KEY",
            converter = ValueKey.class,
            description = "The value's name, for instance /v/hello.")
    private @Nullable RecordKey key;

    @Parameters(index = "1", paramLabel = "VALUE", description = "The value, a text.")
    private String value = "";

    @Override
    void run(Peer peer, Dht dht) throws IOException, InvalidValueException, CommandFailedException {
        if (key == null) {
            throw new IllegalStateException("picocli did not set the key");
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > ValueRecord.MAX_VALUE) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "usage",
                    "a value has at most " + ValueRecord.MAX_VALUE + " bytes",
                    "put a shorter value");
        }
        Stored stored = dht.put(key, bytes, limit());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", key.toString());
        json.put("kept", stored.kept());
        json.put("failed", stored.failed());
        output().print(key + ": kept by " + stored.kept() + " peers", json);
    }
}
