package org.flowshield.node.cli.p2p;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.PeerTimeoutException;
import org.flowshield.libp2p.identify.Identified;
import org.flowshield.libp2p.identify.MalformedIdentifyException;
import org.flowshield.libp2p.record.PeerRecord;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import picocli.CommandLine.Command;

/** Prints what a peer says about itself. */
@Command(
        name = "identify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Asks a peer who it is: software, protocols, addresses, and where it sees us.")
final class IdentifyCommand extends DialVerb {

    @Override
    void run(Peer peer, Connection connection) throws IOException, CommandFailedException {
        Identified who = ask(peer, connection);
        output().print(text(who, connection), json(who, connection));
    }

    /** Each side asks the other when a connection is new; this waits for the answer to that. */
    private Identified ask(Peer peer, Connection connection)
            throws IOException, CommandFailedException {
        try {
            return peer.identify()
                    .identified(connection)
                    .toCompletableFuture()
                    .get(options().timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MalformedIdentifyException malformed) {
                throw Failure.failed(
                        ExitStatus.FAILED,
                        "not_believed",
                        "the peer's answer is not to be believed: " + malformed.getMessage(),
                        "do not trust this peer; its operator may want to know",
                        malformed);
            }
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new PeerTimeoutException(options().timeout(), new IOException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the peer");
        }
    }

    private static String text(Identified who, Connection connection) {
        StringBuilder text = new StringBuilder();
        line(text, "peer", who.peer());
        line(text, "agent", who.agent());
        line(text, "security", connection.security());
        who.observedAddress().ifPresent(seen -> line(text, "sees us at", seen));
        String signed =
                who.peerRecord().map(kept -> "yes, record " + kept.seq()).orElse("no record");
        line(text, "signed", signed);
        who.addresses().forEach(address -> line(text, "address", address));
        who.protocols().forEach(protocol -> line(text, "protocol", protocol));
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(String.format("%-12s%s%n", name, value));
    }

    private static Map<String, Object> json(Identified who, Connection connection) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("peerId", who.peer().toString());
        json.put("agentVersion", who.agent());
        json.put("protocolVersion", who.protocolVersion());
        json.put("security", connection.security().toString());
        json.put("protocols", texts(who.protocols()));
        json.put("listenAddrs", texts(who.addresses()));
        who.observedAddress().ifPresent(seen -> json.put("observedAddr", seen.toString()));
        who.peerRecord().ifPresent(kept -> json.put("signedPeerRecord", json(kept)));
        return json;
    }

    private static Map<String, Object> json(PeerRecord kept) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("seq", Long.toUnsignedString(kept.seq()));
        json.put("addresses", texts(kept.addresses()));
        return json;
    }

    private static List<String> texts(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }
}
