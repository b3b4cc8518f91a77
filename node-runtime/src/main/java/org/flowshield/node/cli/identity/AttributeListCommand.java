package org.flowshield.node.cli.identity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.cli.money.NetworkOptions;
import org.flowshield.node.cli.remote.DaemonOptions;
import org.flowshield.node.cli.wallet.WalletOptions;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.identity.NodeClaims;
import org.flowshield.node.desk.local.LocalDesk;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells what its wallet says of a node. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Tells what its wallet says of a node, by the chain: the wallet's own word, which"
                    + " nobody has checked.",
            "Needs no wallet, and no daemon if the node is named."
        })
final class AttributeListCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Mixin private final DaemonOptions daemon = new DaemonOptions();

    @Mixin private final NetworkOptions network = new NetworkOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "PEER",
            description = "The peer id of the node (default: this machine's).")
    private @Nullable String node;

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        NodeClaims claims;
        try (LocalDesk desk = new WalletOptions().desk(daemon.socket(), network.network())) {
            claims = desk.identity().claims(node);
        } catch (DeskException e) {
            throw CommandFailedException.of(e);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("peer_id", claims.peerId());
        json.put("wallet", claims.wallet().toString());
        json.putAll(Claims.json(claims));
        List<String> lines = Claims.lines(claims);
        output.print(
                lines.isEmpty()
                        ? "the wallet " + claims.wallet() + " says nothing of it"
                        : "claimed by its wallet "
                                + claims.wallet()
                                + ":"
                                + System.lineSeparator()
                                + String.join(System.lineSeparator(), lines),
                json);
        return ExitStatus.OK.code();
    }
}
