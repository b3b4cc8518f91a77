package org.flowshield.node.role;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.flowshield.libp2p.crypto.KeyFileException;
import org.flowshield.libp2p.multistream.ProtocolNotSupportedException;
import org.flowshield.libp2p.security.WrongPeerException;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.restore.MachineException;
import org.flowshield.node.tunnel.EndReason;
import org.flowshield.node.tunnel.TunnelEndedException;
import org.flowshield.tun.TunUnavailableException;
import org.jspecify.annotations.Nullable;

/** Says in people's words why a node could not do something and what to do about it. */
public final class NodeFailure {

    private static final String AS_ROOT = "run it as root (sudo)";

    private NodeFailure() {}

    public static RefusedException of(IOException cause) {
        return switch (cause) {
            case TunUnavailableException e -> ofDevice(e);
            case MachineException e -> ofMachine(e);
            case TunnelEndedException e -> ofSession(e);
            case KeyFileException e ->
                    refused(
                            Kind.FAILED,
                            "corrupt_key_file",
                            e,
                            "restore the file from a backup, or use another");
            case AccessDeniedException e -> refused(Kind.PERMISSION, "no_permission", e, AS_ROOT);
            case WrongPeerException e ->
                    refused(
                            Kind.FAILED,
                            "wrong_peer",
                            e,
                            "check the address; if the provider has a new key, use its new id");
            case ProtocolNotSupportedException e ->
                    refused(
                            Kind.REFUSED,
                            "not_a_provider",
                            e,
                            "this peer serves no tunnels: choose another");
            default -> ofNetwork(cause);
        };
    }

    private static RefusedException ofDevice(TunUnavailableException cause) {
        return switch (cause.reason()) {
            case NO_RIGHT -> refused(Kind.PERMISSION, "no_permission", cause, AS_ROOT);
            case NAME_TAKEN ->
                    refused(
                            Kind.FAILED,
                            "device_in_use",
                            cause,
                            "stop the node that runs here already");
            default -> refused(Kind.FAILED, "no_device", cause, "see the message");
        };
    }

    private static RefusedException ofMachine(MachineException cause) {
        if (String.valueOf(cause.getMessage()).contains("Operation not permitted")) {
            return refused(Kind.PERMISSION, "no_permission", cause, AS_ROOT);
        }
        return switch (cause.reason()) {
            case NOT_INSTALLED ->
                    refused(
                            Kind.FAILED,
                            "not_installed",
                            cause,
                            "install it: apt-get install iproute2 nftables");
            case FAILED, TIMEOUT, INTERRUPTED ->
                    refused(
                            Kind.FAILED,
                            "network_not_changed",
                            cause,
                            "nothing was left behind; if in doubt: flowshield cleanup");
        };
    }

    private static RefusedException ofSession(TunnelEndedException cause) {
        if (cause.getCause() instanceof TunUnavailableException device) {
            return ofDevice(device);
        }
        boolean refused = cause.reason() == EndReason.REFUSED;
        return refused(
                refused ? Kind.REFUSED : Kind.FAILED,
                refused ? "refused" : "session_ended",
                cause,
                refused ? "try another provider, or later" : "check the connection and try again");
    }

    private static RefusedException ofNetwork(IOException cause) {
        if (isInUse(cause)) {
            return refused(
                    Kind.FAILED,
                    "port_in_use",
                    cause,
                    "listen at another port (port 0 takes a free one), or stop the other program");
        }
        if (says(cause, "Cannot assign requested address")) {
            return refused(
                    Kind.FAILED,
                    "address_not_here",
                    cause,
                    "listen at an address of this machine; 0.0.0.0 and :: stand for all of them");
        }
        if (says(cause, "cannot listen on")) {
            return refused(
                    Kind.FAILED,
                    "cannot_listen",
                    cause,
                    "listen elsewhere (provider.listen), or give the machine such an address");
        }
        return refused(
                Kind.FAILED,
                "unreachable",
                cause,
                "check that the peer is running and that the address is right");
    }

    /** By its words: the JDK and Netty's native sockets have an exception each for it. */
    private static boolean isInUse(IOException failure) {
        return says(failure, "Address already in use") || says(failure, "another program uses");
    }

    private static boolean says(@Nullable Throwable failure, String words) {
        return failure != null
                && (String.valueOf(failure.getMessage()).contains(words)
                        || says(failure.getCause(), words));
    }

    private static RefusedException refused(
            Kind kind, String code, IOException cause, String action) {
        return new RefusedException(
                kind, new Problem(code, String.valueOf(cause.getMessage()), action), cause);
    }
}
