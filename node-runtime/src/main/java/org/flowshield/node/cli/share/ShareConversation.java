package org.flowshield.node.cli.share;

import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.cli.Output;
import org.flowshield.node.cli.prompt.Prompt;
import org.flowshield.node.cli.prompt.TerminalConversation;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.share.ShareOrder;
import org.flowshield.node.desk.transaction.Plan;
import org.flowshield.node.desk.transaction.Planned;
import org.flowshield.node.payment.relay.RelayClient;

/** Explains what sharing means, and asks once for all of it. */
final class ShareConversation extends TerminalConversation {

    private final Output output;
    private final Prompt prompt;
    private final boolean agreed;
    private final ShareOrder order;
    private final TokenAmount target;
    private final boolean carried;

    ShareConversation(
            Output output,
            Prompt prompt,
            boolean agreed,
            String gasSymbol,
            ShareOrder order,
            TokenAmount target,
            boolean carried) {
        super(output, prompt, true, gasSymbol);
        this.output = output;
        this.prompt = prompt;
        this.agreed = agreed;
        this.order = order;
        this.target = target;
        this.carried = carried;
    }

    /** What somebody should know who lends his connection to strangers; asked for once. */
    @Override
    public boolean begins(Plan plan) throws DeskException {
        output.progress("You are about to sell this machine's connection to the internet:");
        output.progress(
                "  - for "
                        + order.pricePerGib()
                        + " per GiB, at most "
                        + order.limit()
                        + " each way in all");
        output.progress(
                "  - what strangers do comes from your address: ask whether your provider and your"
                        + " country's law allow that. Mail (port 25), your own network and other"
                        + " private addresses are refused to them");
        output.progress(
                "  - "
                        + target
                        + " of yours are staked: those who run the network can give somebody the right"
                        + " to take part of them from cheats; so far nobody measures providers");
        output.progress(
                "  - you can stop at any time (flowshield share off); stake comes back 14 days"
                        + " after you ask for it (flowshield share unstake)");
        if (carried) {
            output.progress(
                    "  - the wallet pays no gas: a provider carries each step to the chain, and"
                            + " takes at most "
                            + RelayClient.MOST_FEE
                            + " of yours for each");
        }
        plan.steps().stream()
                .filter(Planned::onChain)
                .forEach(step -> output.progress("  to do: " + step.words()));
        if (agreed) {
            return true;
        }
        if (!prompt.isTerminal()) {
            throw nobody("nothing was done");
        }
        return isYes("share");
    }
}
