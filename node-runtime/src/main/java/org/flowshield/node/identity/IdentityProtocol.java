package org.flowshield.node.identity;

import static org.flowshield.node.identity.RefusedIdentityException.Reason;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
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

    private final Supplier<IdentityCertificate> own;

    /**
     * @param own the certificate that holds now
     */
    public IdentityProtocol(Supplier<IdentityCertificate> own) {
        this.own = own;
    }

    @Override
    public List<ProtocolId> ids() {
        return List.of(PROTOCOL);
    }

    @Override
    public int maxInboundPerConnection() {
        return STREAMS_PER_CONNECTION;
    }

    @Override
    public void accept(Stream stream) throws IOException {
        byte[] certificate = own.get().encoded();
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
        byte[] certificate;
        try (Stream stream = connection.newStream(List.of(PROTOCOL))) {
            certificate =
                    Deadline.within(
                            ANSWER_WITHIN,
                            stream,
                            () -> {
                                stream.closeWrite();
                                return stream.input()
                                        .readNBytes(IdentityCertificate.MAX_LENGTH + 1);
                            });
        } catch (IOException e) {
            throw new RefusedIdentityException(
                    Reason.SILENT,
                    connection.remotePeer() + " does not say who it is: " + e.getMessage(),
                    e);
        }
        return verifier.verify(connection.remotePeer(), certificate, role);
    }
}
