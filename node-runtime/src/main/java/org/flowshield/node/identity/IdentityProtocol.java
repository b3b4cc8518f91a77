package org.flowshield.node.identity;

import static org.flowshield.node.identity.RefusedIdentityException.Reason;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Deadline;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multistream.ProtocolId;

/**
 * {@code /flowshield/identity/1.0.0}: the dialler opens a stream and says nothing; the other end
 * answers with its certificate, DER of at most 2 KiB, and closes. Each stream runs on the virtual
 * thread that the host gives it.
 */
public final class IdentityProtocol implements ProtocolBinding {

    public static final ProtocolId PROTOCOL = new ProtocolId("/flowshield/identity/1.0.0");

    /** A round trip over the slowest line, and a signature. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    /** A peer asks once per certificate. */
    private static final int STREAMS_PER_CONNECTION = 2;

    private final Supplier<Optional<IdentityCertificate>> own;
    private final List<ProtocolId> ids;

    /**
     * @param own the certificate that holds now
     */
    public IdentityProtocol(Supplier<IdentityCertificate> own) {
        this(() -> Optional.of(own.get()), PROTOCOL);
    }

    private IdentityProtocol(Supplier<Optional<IdentityCertificate>> own, ProtocolId id) {
        this.own = own;
        this.ids = List.of(id);
    }

    /** Of a node that may have no wallet yet: then it says nothing. */
    public static IdentityProtocol of(OwnIdentity identity) {
        return new IdentityProtocol(identity::certificate, PROTOCOL);
    }

    @Override
    public List<ProtocolId> ids() {
        return ids;
    }

    @Override
    public int maxInboundPerConnection() {
        return STREAMS_PER_CONNECTION;
    }

    @Override
    public void accept(Stream stream) throws IOException {
        Optional<IdentityCertificate> shown = own.get();
        if (shown.isEmpty()) {
            stream.reset();
            return;
        }
        byte[] certificate = shown.get().encoded();
        Deadline.<Object>within(
                ANSWER_WITHIN,
                stream,
                () -> {
                    stream.output().write(certificate);
                    stream.output().flush();
                    stream.closeWrite();
                    return certificate;
                });
    }

    /** Asks the peer at the other end of a connection who it is, and checks it. */
    public static Identity ask(Connection connection, IdentityVerifier verifier, Roles role)
            throws RefusedIdentityException {
        return verifier.verify(connection.remotePeer(), certificate(connection), role);
    }

    /** What the peer shows; nothing of it has been checked. */
    public static byte[] certificate(Connection connection) throws RefusedIdentityException {
        try (Stream stream = connection.newStream(List.of(PROTOCOL))) {
            return Deadline.within(
                    ANSWER_WITHIN,
                    stream,
                    () -> {
                        stream.closeWrite();
                        return stream.input().readNBytes(IdentityCertificate.MAX_LENGTH + 1);
                    });
        } catch (IOException e) {
            throw new RefusedIdentityException(
                    Reason.SILENT,
                    connection.remotePeer() + " does not say who it is: " + e.getMessage(),
                    e);
        }
    }
}
