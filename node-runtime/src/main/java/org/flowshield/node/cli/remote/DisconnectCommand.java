package org.flowshield.node.cli.remote;

import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import picocli.CommandLine.Command;

/** Ends the tunnel, or the attempt to get one. */
@Command(
        name = "disconnect",
        mixinStandardHelpOptions = true,
        description = {
            "Disconnects from the provider, or gives up connecting.",
            "Traffic takes its ordinary way again when this returns."
        })
public final class DisconnectCommand extends RemoteVerb {

    @Override
    void run(NodeClient client) throws NoDaemonException, RefusedException, InterruptedException {
        print("disconnected", client.disconnect());
    }
}
