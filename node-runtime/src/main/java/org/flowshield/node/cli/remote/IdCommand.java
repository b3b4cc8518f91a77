package org.flowshield.node.cli.remote;

import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.json.IdentityBody;
import picocli.CommandLine.Command;

/** Says who the daemon is to others. */
@Command(
        name = "id",
        mixinStandardHelpOptions = true,
        description = "Prints the peer id of this machine's daemon.")
public final class IdCommand extends RemoteVerb {

    @Override
    void run(NodeClient client) throws NoDaemonException, RefusedException, InterruptedException {
        String peerId = client.peerId();
        print(peerId, new IdentityBody(peerId));
    }
}
