package org.flowshield.node.cli.node;

import org.flowshield.libp2p.crypto.KeyFileException;
import org.flowshield.libp2p.multistream.ProtocolNotSupportedException;
import org.flowshield.libp2p.security.WrongPeerException;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.restore.MachineException;
import org.flowshield.node.tunnel.EndReason;
import org.flowshield.node.tunnel.TunnelEndedException;
import org.flowshield.tun.TunUnavailableException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;

/** Says in people's words why a node could not run and what to do. */
final class NodeFailure {

    private NodeFailure() {}

    static CommandFailedException of(IOException cause) {
        return switch (cause) {
            case TunUnavailableException e -> ofDevice(e);
            case MachineException e -> ofMachine(e);
            case TunnelEndedException e -> ofSession(e);
            case KeyFileException e ->
                    failed(
                            ExitStatus.FAILED,
                            "corrupt_key_file",
                            e,
                            "restore the file from a backup, or name another with --key");
            case AccessDeniedException e ->
                    failed(ExitStatus.PERMISSION, "no_permission", e, "run it as root");
            case WrongPeerException e ->
                    failed(
                            ExitStatus.FAILED,
                            "wrong_peer",
                            e,
                            "check the address; if the provider has a new key, use its new id");
            case ProtocolNotSupportedException e ->
                    failed(
                            ExitStatus.REFUSED,
                            "not_a_provider",
                            e,
                            "this peer serves no tunnels: choose another");
            default -> ofNetwork(cause);
        };
    }

    /** What a role refused. */
    static CommandFailedException of(RefusedException refused) {
        ExitStatus status =
                switch (refused.kind()) {
                    case INVALID -> ExitStatus.USAGE;
                    case REFUSED -> ExitStatus.REFUSED;
                    case FAILED -> ExitStatus.FAILED;
                    case PERMISSION -> ExitStatus.PERMISSION;
                };
        return new CommandFailedException(
                status,
                refused.problem().code(),
                refused.problem().message(),
                refused.problem().action(),
                refused);
    }

    private static CommandFailedException ofDevice(TunUnavailableException cause) {
        return switch (cause.reason()) {
            case NO_RIGHT ->
                    failed(ExitStatus.PERMISSION, "no_permission", cause, "run it as root (sudo)");
            case NAME_TAKEN ->
                    failed(
                            ExitStatus.FAILED,
                            "device_in_use",
                            cause,
                            "stop the node that runs here already");
            default -> failed(ExitStatus.FAILED, "no_device", cause, "see the message");
        };
    }

    private static CommandFailedException ofMachine(MachineException cause) {
        if (String.valueOf(cause.getMessage()).contains("Operation not permitted")) {
            return failed(ExitStatus.PERMISSION, "no_permission", cause, "run it as root (sudo)");
        }
        return switch (cause.reason()) {
            case NOT_INSTALLED ->
                    failed(
                            ExitStatus.FAILED,
                            "not_installed",
                            cause,
                            "install it: apt-get install iproute2 nftables");
            case FAILED, TIMEOUT, INTERRUPTED ->
                    failed(
                            ExitStatus.FAILED,
                            "network_not_changed",
                            cause,
                            "nothing was left behind; if in doubt: flowshield cleanup");
        };
    }

    private static CommandFailedException ofSession(TunnelEndedException cause) {
        if (cause.getCause() instanceof TunUnavailableException device) {
            return ofDevice(device);
        }
        boolean refused = cause.reason() == EndReason.REFUSED;
        return failed(
                refused ? ExitStatus.REFUSED : ExitStatus.FAILED,
                refused ? "refused" : "session_ended",
                cause,
                refused ? "try another provider, or later" : "check the connection and try again");
    }

    private static CommandFailedException ofNetwork(IOException cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("Address already in use")) {
            return failed(
                    ExitStatus.FAILED,
                    "port_in_use",
                    cause,
                    "choose another port with --listen; port 0 takes a free one");
        }
        return failed(
                ExitStatus.FAILED,
                "unreachable",
                cause,
                "check that the peer is running and that the address is right");
    }

    private static CommandFailedException failed(
            ExitStatus status, String code, IOException cause, String action) {
        return new CommandFailedException(
                status, code, String.valueOf(cause.getMessage()), action, cause);
    }
}
