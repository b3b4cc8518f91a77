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
import org.flowshield.node.tunnel.control.ControlMessage;
import org.flowshield.node.tunnel.credit.BillEndedException;
import org.flowshield.tun.TunUnavailableException;
import org.jspecify.annotations.Nullable;

/** Says in people's words why a node could not do something and what to do about it. */
public final class NodeFailure {

    private static final String AS_ROOT = "run it as root (sudo)";

    private static final String PAYMENT_REQUIRED =
            ControlMessage.Refused.Reason.PAYMENT_REQUIRED + ": ";

    private NodeFailure() {}

    public static RefusedException of(IOException cause) {
        return switch (cause) {
            case TunUnavailableException e -> ofDevice(e);
            case MachineException e -> ofMachine(e);
            case TunnelEndedException e -> ofSession(e);
            case BillEndedException e -> ofBill(e);
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
        if (cause.getCause() instanceof BillEndedException bill) {
            return ofBill(bill);
        }
        String message = String.valueOf(cause.getMessage());
        if (message.startsWith(PAYMENT_REQUIRED)) {
            return new RefusedException(
                    Kind.REFUSED,
                    new Problem(
                            "payment_required",
                            message.substring(PAYMENT_REQUIRED.length())
                                    + ", and this node can't pay; nothing was paid",
                            "choose a provider that serves for nothing, or set chain.network and"
                                    + " client.wallet and restart the daemon"),
                    cause);
        }
        boolean refused = cause.reason() == EndReason.REFUSED;
        return refused(
                refused ? Kind.REFUSED : Kind.FAILED,
                refused ? "refused" : "session_ended",
                cause,
                refused ? "try another provider, or later" : "check the connection and try again");
    }

    /** Nothing more is paid in such a session; what was paid was for what came. */
    private static RefusedException ofBill(BillEndedException cause) {
        String action =
                switch (cause.code()) {
                    case "payment_required", "price_too_high" ->
                            "choose another provider, or allow the price: flowshield connect"
                                    + " --max-price, or client.max-price";
                    case "spending_cap" ->
                            "raise it if you want to go on: flowshield spending set; it counts"
                                    + " anew with the next day or month";
                    case "deposit_used_up", "deposit_too_low" ->
                            "put more into the channel: flowshield channel top-up; the purse has to"
                                    + " hold it";
                    case "channel_not_opened" -> "see purse and authorisation: flowshield status";
                    case "chain_unreachable", "channel_opening" ->
                            "try again in a minute; see the chain in: flowshield status";
                    case "disk_full" -> "make room on the disk of the daemon's data, and try again";
                    case "ledger_failed" -> "see to the daemon's disk and data directory";
                    case "unsolicited", "meters_disagree", "underpaid", "bad_voucher" ->
                            "choose another provider if this comes again: one side does not count"
                                    + " rightly";
                    case "wrong_network" -> "choose a provider of this node's network";
                    default -> "try again, or choose another provider";
                };
        return refused(
                switch (cause.code()) {
                    case "payment_required",
                            "price_too_high",
                            "spending_cap",
                            "deposit_used_up",
                            "deposit_too_low",
                            "wrong_network" ->
                            Kind.REFUSED;
                    default -> Kind.FAILED;
                },
                cause.code(),
                cause,
                action);
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
