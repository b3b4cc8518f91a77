package org.flowshield.node.cli.identity;

import java.util.List;
import java.util.stream.Collectors;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.MalformedHexException;
import org.flowshield.libp2p.peer.MalformedPeerIdException;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.Roles;
import org.jspecify.annotations.Nullable;

/** Nodes and roles as people type and read them. */
final class Peers {

    private Peers() {}

    static NodeKey peer(String text) throws CommandFailedException {
        try {
            return NodeKey.of(PeerId.parse(text))
                    .orElseThrow(
                            () ->
                                    bad(
                                            text
                                                    + " has a key of a kind that no identity has;"
                                                    + " it begins with 12D3Koo",
                                            null));
        } catch (MalformedPeerIdException e) {
            throw bad("'" + text + "' is no peer id: " + e.getMessage(), e);
        }
    }

    static NodeKey key(String hex) throws CommandFailedException {
        try {
            return new NodeKey(Bytes32.parse(hex));
        } catch (MalformedHexException e) {
            throw bad("'" + hex + "' is no node key: " + e.getMessage(), e);
        }
    }

    static long roles(List<String> labels) throws CommandFailedException {
        Roles[] roles = new Roles[labels.size()];
        for (int i = 0; i < roles.length; i++) {
            String label = labels.get(i);
            roles[i] =
                    Roles.parse(label)
                            .orElseThrow(
                                    () ->
                                            bad(
                                                    "there is no role '"
                                                            + label
                                                            + "'; roles: provider, verifier,"
                                                            + " fullnode",
                                                    null));
        }
        return Roles.bits(roles);
    }

    static List<String> labels(long bits) {
        return Roles.of(bits).stream().map(Roles::label).toList();
    }

    static String words(long bits) {
        return bits == 0
                ? "nothing"
                : Roles.of(bits).stream().map(Roles::label).collect(Collectors.joining(", "));
    }

    private static CommandFailedException bad(String message, @Nullable Exception cause) {
        CommandFailedException failed =
                new CommandFailedException(
                        ExitStatus.USAGE, "bad_argument", message, "nothing was done");
        if (cause != null) {
            failed.initCause(cause);
        }
        return failed;
    }
}
