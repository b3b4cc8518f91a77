package org.flowshield.node.cli.wallet;

import java.util.Map;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.agent.AgentClient;
import org.flowshield.node.wallet.agent.NoAgentException;
import picocli.CommandLine.Command;

/** Has the keys wiped. */
@Command(
        name = "lock",
        mixinStandardHelpOptions = true,
        description = "Has the wallet's keys wiped from memory; returns when they are.")
public final class LockCommand extends WalletVerb {

    @Override
    protected ExitStatus run(Wallet wallet) throws RefusedException {
        var _ = wallet.accounts();
        boolean was = true;
        try {
            new AgentClient(wallet.folder()).lock();
        } catch (NoAgentException e) {
            was = false;
        }
        output().print(
                        was ? "locked" : "it was locked already",
                        Map.of("unlocked", false, "was_unlocked", was));
        return ExitStatus.OK;
    }
}
