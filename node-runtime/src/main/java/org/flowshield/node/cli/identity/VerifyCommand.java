package org.flowshield.node.cli.identity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.cli.money.NetworkOptions;
import org.flowshield.node.cli.wallet.WalletOptions;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.identity.NodeClaims;
import org.flowshield.node.desk.identity.Verification;
import org.flowshield.node.desk.local.LocalDesk;
import org.flowshield.node.identity.Roles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks who a node is, step by step. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Checks who a node is, step by step, and says why where something is not right.",
            "By an address it is dialled and asked for its certificate; by a peer id alone only the"
                    + " chain is asked. Ends with status 4 unless everything is right; then it also"
                    + " tells what its wallet says of the node, which nobody has checked."
        },
        footer = {
            "",
            "Example:",
            "  flowshield identity verify /ip4/203.0.113.7/tcp/4001/p2p/12D3Koo... --network FILE"
        })
final class VerifyCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Mixin private final NetworkOptions network = new NetworkOptions();

    @Parameters(paramLabel = "PEER|MULTIADDR", description = "The node.")
    private String node = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "provider",
            description =
                    "What it should be: provider, fullnode, verifier (default: ${DEFAULT-VALUE}).")
    private String role = "";

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        Roles wanted = Peers.roles(List.of(role)).iterator().next();
        Verification verification;
        @Nullable NodeClaims claims;
        try (LocalDesk desk =
                new WalletOptions()
                        .desk(NodeClient.usualSocket(System.getenv()), network.network())) {
            verification = desk.identity().verify(node, wanted, this::tell);
            String peer = peer();
            claims =
                    verification.isSound() && !peer.isEmpty() ? desk.identity().claims(peer) : null;
        } catch (DeskException e) {
            throw CommandFailedException.of(e);
        }
        boolean sound = verification.isSound();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("node", node);
        json.put("sound", sound);
        json.put("steps", verification.checks().stream().map(VerifyCommand::json).toList());
        if (claims != null) {
            json.putAll(Claims.json(claims));
            for (String said : Claims.lines(claims)) {
                output.text("claimed " + said.strip() + ", by its wallet's word alone");
            }
        }
        output.print(
                sound
                        ? "everything is right: it may be trusted as a " + role
                        : "something is not right: no peer deals with it as a " + role,
                json);
        return (sound ? ExitStatus.OK : ExitStatus.REFUSED).code();
    }

    /** The peer id, as far as it was named; empty if an address has none. */
    private String peer() {
        String behind = "/p2p/";
        int at = node.lastIndexOf(behind);
        return node.startsWith("/") ? at < 0 ? "" : node.substring(at + behind.length()) : node;
    }

    private static Map<String, Object> json(Verification.Check check) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("step", check.subject().label());
        json.put("ok", check.ok());
        json.put("detail", check.detail());
        return json;
    }

    private void tell(Verification.Check check) {
        output.text(
                String.format(
                        Locale.ROOT,
                        "%-7s %-12s %s",
                        check.ok() ? "ok" : "not ok",
                        check.subject().label(),
                        check.detail()));
    }
}
