package org.flowshield.node.cli.p2p.dht;

import java.nio.charset.StandardCharsets;
import org.flowshield.libp2p.kad.wire.RecordKey;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a value from the command line. */
final class ValueKey implements ITypeConverter<RecordKey> {

    @Override
    public RecordKey convert(String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (!text.startsWith("/") || text.indexOf('/', 1) < 2) {
            throw new TypeConversionException(
                    "'" + text + "' is no name of a value, such as /v/hello");
        }
        if (length > RecordKey.MAX) {
            throw new TypeConversionException(
                    "a key has at most " + RecordKey.MAX + " bytes, this one has " + length);
        }
        return RecordKey.ofName(text);
    }
}
