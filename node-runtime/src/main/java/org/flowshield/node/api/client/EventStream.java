package org.flowshield.node.api.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.FullnodeStatus;
import org.flowshield.node.api.LimitStatus;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.json.ApiJson;
import org.flowshield.node.api.json.Section;
import org.flowshield.node.api.payment.PaymentStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * What a daemon tells as it happens. Read by one thread; closed by any, which ends a read that
 * waits.
 */
public final class EventStream implements AutoCloseable {

    /** A status of ten thousand sessions has three million characters. */
    static final int MAX_LINE = 16 << 20;

    private static final TypeReference<List<RoleStatus>> ROLES = new TypeReference<>() {};
    private static final TypeReference<List<LimitStatus>> LIMITS = new TypeReference<>() {};

    private final Path socket;
    private final BufferedReader lines;
    private final Runnable abort;
    private volatile boolean closed;

    EventStream(Path socket, InputStream in, Runnable abort) {
        this.socket = socket;
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.abort = abort;
    }

    /**
     * Waits for the next event; the first is a {@link NodeEvent.Snapshot}. Empty when the stream
     * was closed, or the daemon ended it.
     *
     * @throws NoDaemonException if the daemon died or fell silent
     */
    public Optional<NodeEvent> next() throws NoDaemonException, InterruptedException {
        try {
            NodeEvent event = null;
            while (event == null) {
                String name = value("event");
                String data = name == null ? null : value("data");
                if (name == null || data == null) {
                    return Optional.empty();
                }
                event = decode(name, data);
            }
            return Optional.of(event);
        } catch (InterruptedIOException e) {
            throw new InterruptedException("interrupted while waiting for an event");
        } catch (IOException | JacksonException | NullPointerException e) {
            if (closed) {
                return Optional.empty();
            }
            throw new NoDaemonException(socket, NoDaemonException.Reason.SILENT, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        abort.run();
    }

    /** The value of the next line with that name; null at the end of the stream. */
    private @Nullable String value(String name) throws IOException {
        for (String line = line(); line != null; line = line()) {
            if (line.startsWith(name + ": ")) {
                return line.substring(name.length() + 2);
            }
        }
        return null;
    }

    private @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = lines.read(); c >= 0; c = lines.read()) {
            if (c == '\n') {
                return line.toString();
            }
            if (line.length() >= MAX_LINE) {
                throw new IOException("an event is longer than any should be");
            }
            line.append((char) c);
        }
        return null;
    }

    /** Null for an event that this program does not know: a newer daemon may tell more. */
    private static @Nullable NodeEvent decode(String name, String data) {
        var json = ApiJson.lenient();
        if (name.equals(Section.SNAPSHOT)) {
            return new NodeEvent.Snapshot(json.readValue(data, NodeStatus.class));
        }
        Section section = Section.parse(name).orElse(null);
        if (section == null) {
            return null;
        }
        return switch (section) {
            case ROLES -> new NodeEvent.Roles(json.readValue(data, ROLES));
            case CLIENT -> new NodeEvent.Client(json.readValue(data, ClientStatus.class));
            case PROVIDER -> new NodeEvent.Provider(json.readValue(data, ProviderStatus.class));
            case FULLNODE -> new NodeEvent.Fullnode(json.readValue(data, FullnodeStatus.class));
            case PAYMENT -> new NodeEvent.Payment(json.readValue(data, PaymentStatus.class));
            case LIMITS -> new NodeEvent.Limits(json.readValue(data, LIMITS));
        };
    }
}
