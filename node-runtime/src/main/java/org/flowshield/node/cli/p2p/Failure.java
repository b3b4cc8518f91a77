package org.flowshield.node.cli.p2p;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.flowshield.libp2p.crypto.KeyFileException;
import org.flowshield.libp2p.host.PeerTimeoutException;
import org.flowshield.libp2p.kad.DhtUnreachableException;
import org.flowshield.libp2p.multistream.ProtocolNotSupportedException;
import org.flowshield.libp2p.security.WrongPeerException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;

/** Says in people's words why a verb failed and what to do. */
public final class Failure {

    private Failure() {}

    public static CommandFailedException of(IOException cause) {
        return switch (cause) {
            case KeyFileException e -> ofKeyFile(e);
            case AccessDeniedException e ->
                    failed(
                            ExitStatus.PERMISSION,
                            "key_file_denied",
                            "the key file " + e.getFile() + " must not be read or written",
                            "run this as the file's owner, or name another file with --key",
                            e);
            case FileSystemException e ->
                    failed(
                            "key_file_failed",
                            "the key file cannot be used: " + e.getMessage(),
                            "name a file in a folder that exists",
                            e);
            case WrongPeerException e ->
                    failed(
                            "wrong_peer",
                            String.valueOf(e.getMessage()),
                            "check the address; if the peer has a new key, use its new id",
                            e);
            case ProtocolNotSupportedException e ->
                    failed(
                            ExitStatus.REFUSED,
                            "not_supported",
                            String.valueOf(e.getMessage()),
                            "ask another peer, or one that serves this protocol",
                            e);
            case DhtUnreachableException e ->
                    failed(
                            "dht_unreachable",
                            String.valueOf(e.getMessage()),
                            "check the --bootstrap addresses, and --dht-protocol if the network has"
                                    + " another",
                            e);
            case PeerTimeoutException e -> timeout(e);
            case SocketTimeoutException e -> timeout(e);
            default -> other(cause);
        };
    }

    private static CommandFailedException ofKeyFile(KeyFileException cause) {
        return switch (cause.reason()) {
            case CORRUPT ->
                    failed(
                            "corrupt_key_file",
                            String.valueOf(cause.getMessage()),
                            "restore the file from a backup, or name another with --key",
                            cause);
            case EXPOSED ->
                    failed(
                            ExitStatus.PERMISSION,
                            "exposed_key_file",
                            String.valueOf(cause.getMessage()),
                            "make the file readable by its owner alone, or make a new key",
                            cause);
        };
    }

    private static CommandFailedException timeout(IOException cause) {
        return failed(
                "timeout",
                String.valueOf(cause.getMessage()),
                "check that the peer is running and not behind a firewall, or give --timeout",
                cause);
    }

    private static CommandFailedException other(IOException cause) {
        if (says(cause, "Address already in use")) {
            return failed(
                    "port_in_use",
                    String.valueOf(cause.getMessage()),
                    "choose another port with --listen; port 0 takes a free one",
                    cause);
        }
        if (says(cause, "Permission denied")) {
            return failed(
                    ExitStatus.PERMISSION,
                    "no_permission",
                    String.valueOf(cause.getMessage()),
                    "choose a port above 1023, or run this as root",
                    cause);
        }
        if (cause.getCause() instanceof UnknownHostException) {
            return failed(
                    "unknown_name",
                    String.valueOf(cause.getMessage()),
                    "check the name in the address",
                    cause);
        }
        return failed(
                "failed",
                String.valueOf(cause.getMessage()),
                "check that the peer is running and that the address is right",
                cause);
    }

    private static boolean says(IOException failure, String words) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains(words)) {
                return true;
            }
        }
        return false;
    }

    private static CommandFailedException failed(
            String code, String message, String action, Throwable cause) {
        return failed(ExitStatus.FAILED, code, message, action, cause);
    }

    static CommandFailedException failed(
            ExitStatus status, String code, String message, String action, Throwable cause) {
        return new CommandFailedException(status, code, message, action, cause);
    }
}
