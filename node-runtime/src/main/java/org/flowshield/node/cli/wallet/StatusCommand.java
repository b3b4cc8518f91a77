package org.flowshield.node.cli.wallet;

import java.util.List;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.json.ApiJson;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.agent.AgentClient;
import org.flowshield.node.wallet.agent.AgentStatus;
import org.flowshield.node.wallet.agent.NoAgentException;
import picocli.CommandLine.Command;

/** Tells whether the wallet is open. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Tells whether the wallet is unlocked, and until when.")
public final class StatusCommand extends WalletVerb {

    @Override
    protected ExitStatus run(Wallet wallet) throws RefusedException {
        var _ = wallet.accounts();
        AgentStatus status;
        try {
            status = new AgentClient(wallet.folder()).status();
        } catch (NoAgentException e) {
            status = new AgentStatus(false, wallet.folder().toString(), List.of(), null);
        }
        if (output().json()) {
            output().json(ApiJson.strict().valueToTree(status));
        } else {
            output().text(UnlockCommand.words(status));
        }
        return ExitStatus.OK;
    }
}
