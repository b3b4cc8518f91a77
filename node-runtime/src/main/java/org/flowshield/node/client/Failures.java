package org.flowshield.node.client;

import java.io.IOException;
import org.flowshield.libp2p.multistream.ProtocolNotSupportedException;
import org.flowshield.libp2p.security.WrongPeerException;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.restore.MachineException;
import org.flowshield.node.tunnel.EndReason;
import org.flowshield.node.tunnel.TunnelEndedException;
import org.flowshield.tun.TunUnavailableException;

/** Says in people's words why a client failed and what to do. */
final class Failures {

    private Failures() {}

    static Failure of(IOException cause) {
        return switch (cause) {
            case TunUnavailableException e -> ofDevice(e);
            case MachineException e -> ofMachine(e);
            case TunnelEndedException e -> ofSession(e);
            case WrongPeerException e ->
                    failure(
                            Kind.FAILED,
                            "wrong_peer",
                            e,
                            "check the address; if the provider has a new key, use its new id");
            case ProtocolNotSupportedException e ->
                    failure(
                            Kind.REFUSED,
                            "not_a_provider",
                            e,
                            "this peer serves no tunnels: choose another");
            default ->
                    failure(
                            Kind.FAILED,
                            "unreachable",
                            cause,
                            "check that the peer is running and that the address is right");
        };
    }

    static Failure ofBug(RuntimeException cause) {
        return failure(
                Kind.FAILED,
                "internal",
                new IOException("a mistake in the program ended the session: " + cause, cause),
                "report it; the log has the details");
    }

    private static Failure ofDevice(TunUnavailableException cause) {
        return switch (cause.reason()) {
            case NO_RIGHT -> noRight(cause);
            case NAME_TAKEN ->
                    failure(
                            Kind.FAILED,
                            "device_in_use",
                            cause,
                            "stop the node that runs here already");
            default -> failure(Kind.FAILED, "no_device", cause, "see the message");
        };
    }

    private static Failure ofMachine(MachineException cause) {
        if (String.valueOf(cause.getMessage()).contains("Operation not permitted")) {
            return noRight(cause);
        }
        return switch (cause.reason()) {
            case NOT_INSTALLED ->
                    failure(
                            Kind.FAILED,
                            "not_installed",
                            cause,
                            "install it: apt-get install iproute2 nftables");
            case FAILED, TIMEOUT, INTERRUPTED ->
                    failure(
                            Kind.FAILED,
                            "network_not_changed",
                            cause,
                            "try again; if it stays so: flowshield disconnect, then flowshield"
                                    + " cleanup");
        };
    }

    private static Failure ofSession(TunnelEndedException cause) {
        if (cause.getCause() instanceof TunUnavailableException device) {
            return ofDevice(device);
        }
        boolean refused = cause.reason() == EndReason.REFUSED;
        return failure(
                refused ? Kind.REFUSED : Kind.FAILED,
                refused ? "refused" : "session_ended",
                cause,
                refused ? "try another provider, or later" : "check the connection and try again");
    }

    private static Failure noRight(IOException cause) {
        return failure(Kind.PERMISSION, "no_permission", cause, "run it as root (sudo)");
    }

    private static Failure failure(Kind kind, String code, IOException cause, String action) {
        return new Failure(kind, new Problem(code, String.valueOf(cause.getMessage()), action));
    }
}
