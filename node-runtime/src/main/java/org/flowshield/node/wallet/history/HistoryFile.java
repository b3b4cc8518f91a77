package org.flowshield.node.wallet.history;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.contracts.evm.MalformedHexException;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.sending.Sent;
import org.flowshield.node.api.json.ApiJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The wallet's own record: a line of JSON for each transaction, appended and on the disk before the
 * transaction is handed in. A line that a crash cut off, or that somebody has changed, is left out
 * when it is read, never the others. Safe for use by several processes.
 */
public final class HistoryFile {

    private static final String NAME = "history.jsonl";

    /** Some 20 000 transactions. */
    private static final int MAX_BYTES = 16 << 20;

    private final Path file;

    /** The record of the wallet in that directory. */
    public HistoryFile(Path wallet) {
        this.file = wallet.resolve(NAME);
    }

    private record Line(
            Instant at,
            long chainId,
            String from,
            String hash,
            long nonce,
            String action,
            String to,
            String units,
            Coin coin,
            @Nullable String signed) {}

    /** Keeps a transaction; when this returns, it is on the disk. */
    public void append(SentRecord sent) throws IOException {
        byte[] json =
                ApiJson.strict()
                        .writeValueAsBytes(
                                new Line(
                                        sent.at(),
                                        sent.chain().value(),
                                        sent.from().toString(),
                                        sent.hash().toString(),
                                        sent.nonce(),
                                        sent.action(),
                                        sent.to().toString(),
                                        sent.units().toString(),
                                        sent.coin(),
                                        sent.transaction() == null
                                                ? null
                                                : HexFormat.of()
                                                        .formatHex(sent.transaction().signed())));
        // Begins with the end of a line, in case the last was cut off.
        ByteBuffer line = ByteBuffer.allocate(json.length + 2);
        line.put((byte) '\n').put(json).put((byte) '\n').flip();
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND,
                                LinkOption.NOFOLLOW_LINKS),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            while (line.hasRemaining()) {
                int _ = channel.write(line);
            }
            channel.force(true);
        }
    }

    /** What was kept, oldest first. */
    public List<SentRecord> read() throws IOException {
        byte[] content;
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            content = in.readNBytes(MAX_BYTES);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        List<SentRecord> all = new ArrayList<>();
        for (String line : new String(content, StandardCharsets.UTF_8).split("\n", -1)) {
            SentRecord sent = line.isBlank() ? null : parse(line);
            if (sent != null) {
                all.add(sent);
            }
        }
        return all;
    }

    private static @Nullable SentRecord parse(String text) {
        try {
            Line line = ApiJson.lenient().readValue(text, Line.class);
            ChainId chain = new ChainId(line.chainId);
            EvmAddress from = EvmAddress.parse(line.from);
            return new SentRecord(
                    line.at,
                    chain,
                    from,
                    TransactionHash.parse(line.hash),
                    line.nonce,
                    line.action,
                    EvmAddress.parse(line.to),
                    new BigInteger(line.units),
                    line.coin,
                    line.signed == null
                            ? null
                            : Sent.decode(
                                            HexFormat.of().parseHex(line.signed),
                                            chain,
                                            from,
                                            line.action)
                                    .orElseThrow(
                                            () -> new IllegalArgumentException("no transaction")));
        } catch (JacksonException
                | MalformedAddressException
                | MalformedHexException
                | DateTimeException
                | IllegalArgumentException
                | NullPointerException e) {
            return null;
        }
    }
}
