package org.flowshield.node.cli.remote;

import java.time.ZoneId;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.payment.Quote;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Asks a provider what it serves for. */
@Command(
        name = "quote",
        mixinStandardHelpOptions = true,
        description = {
            "Asks a provider for its price and says what connecting would lock and pay.",
            "Nothing is paid, and nobody is connected."
        },
        footer = {"", "Example:", "  flowshield quote /ip4/203.0.113.2/tcp/4001/p2p/12D3KooW..."})
public final class QuoteCommand extends RemoteVerb {

    @Parameters(paramLabel = "MULTIADDR", description = "The provider's address.")
    private String provider = "";

    @Override
    void run(NodeClient client) throws NoDaemonException, RefusedException, InterruptedException {
        Quote quote = client.payments().quote(provider);
        printLines(new MoneyText(ZoneId.systemDefault()).quote(quote), quote);
    }
}
