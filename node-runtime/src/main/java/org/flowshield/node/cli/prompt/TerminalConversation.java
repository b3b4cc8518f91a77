package org.flowshield.node.cli.prompt;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.node.api.Problem;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.DeskException.Kind;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.Plan;
import org.flowshield.node.desk.transaction.Planned;
import org.flowshield.node.desk.transaction.Proposal;
import org.flowshield.node.desk.transaction.Step;

/**
 * A person at a terminal, or a script that has agreed beforehand: each proposal is shown and
 * answered by typing, each transaction that ends well is a line of output.
 */
public class TerminalConversation implements Conversation {

    private final Output output;
    private final Prompt prompt;
    private final boolean agreed;
    private final String gasSymbol;

    /**
     * @param agreed whether nothing is asked
     * @param gasSymbol what the network calls its coin
     */
    public TerminalConversation(Output output, Prompt prompt, boolean agreed, String gasSymbol) {
        this.output = output;
        this.prompt = prompt;
        this.agreed = agreed;
        this.gasSymbol = gasSymbol;
    }

    /** Nobody can agree who is not there. */
    @Override
    public void requireSomebody() throws DeskException {
        if (!agreed && !prompt.isTerminal()) {
            throw nobody("nothing was sent");
        }
    }

    /** To be thrown where nobody is at a terminal. */
    protected static DeskException nobody(String consequence) {
        return DeskException.of(
                Kind.INVALID,
                "not_confirmed",
                "there is nobody at a terminal who could agree; " + consequence,
                "look at it in a terminal, or say --yes");
    }

    /** Each signature is asked for by itself. */
    @Override
    public boolean begins(Plan plan) throws DeskException {
        return true;
    }

    @Override
    public boolean agrees(Proposal proposal) throws DeskException {
        output.progress(proposal.action());
        for (Proposal.Line line : proposal.lines()) {
            output.progress(
                    String.format(
                            Locale.ROOT,
                            "  %-13s %s",
                            line.label(),
                            line.value()
                                    + (line.meaning().isEmpty()
                                            ? ""
                                            : " (" + line.meaning() + ")")));
        }
        return agreed || isYes(proposal.action());
    }

    /** Whether they type yes to that. */
    protected final boolean isYes(String action) throws DeskException {
        char[] answer;
        try {
            answer = prompt.ask("Type yes to " + action + ": ");
        } catch (CommandFailedException e) {
            throw new DeskException(
                    Kind.INVALID, new Problem(e.code(), e.getMessage(), e.action()), e);
        }
        boolean yes = new String(answer).strip().equalsIgnoreCase("yes");
        Arrays.fill(answer, '\0');
        return yes;
    }

    @Override
    public void tell(Step step) {
        switch (step) {
            case Step.Begins(Planned part) -> begins(part);
            case Step.DoneBefore before -> isDone(before);
            case Step.PartDone _ -> output.progress("ok: the offer is kept");
            case Step.Postponed _ ->
                    output.progress(
                            "note: the new limit or payee holds when the role was off once;"
                                    + " clients are served now, so that is left to you:"
                                    + " flowshield share off, then this again");
            case Step.TakesPlace(long number, boolean cancels) ->
                    output.progress(
                            cancels
                                    ? "instead of transaction number "
                                            + number
                                            + ", nothing is sent to your own address; one of both"
                                            + " counts"
                                    : "transaction number "
                                            + number
                                            + " again, for more gas; one of both counts");
            case Step.CarriedBy(String peer, TokenAmount fee) ->
                    output.progress("the provider " + peer + " carries it for " + fee);
            case Step.Signed(TransactionHash hash) -> output.progress("signed: " + hash);
            case Step.HandedIn _ -> output.progress("handed in");
            case Step.WayInTrouble(_, String message) ->
                    output.progress(
                            "the way to the chain is in trouble; it may have arrived: " + message);
            case Step.Included(_, long block, int confirmations) ->
                    output.progress(
                            "in block " + block + "; waiting for confirmations: " + confirmations);
            case Step.Deeper(_, long has, int needed) ->
                    output.progress("confirmations: " + has + " of " + needed);
            case Step.Reorganised _ ->
                    output.progress("the chain has dropped that block; waiting again");
            case Step.HandedInAgain _ ->
                    output.progress("the chain had forgotten it; handed in again");
            case Step.WaitsForEarlier waits -> waits(waits);
            case Step.Ended(Ending ending) -> ended(ending);
        }
    }

    private void begins(Planned part) {
        switch (part) {
            case Planned.Permit _ ->
                    output.progress(
                            "Two signatures are needed. The first lets the purse's contract take"
                                    + " this amount:");
            case Planned.FillPurse _ -> output.progress("The second puts it there:");
            case Planned.BindNode _ -> output.progress("doing: take the node as the wallet's own");
            case Planned.LeaveMarket _ ->
                    output.progress(
                            "less than the market asks for would be left: leaving it first");
            case Planned.Unstake _ -> {}
            case Planned.Stake _,
                    Planned.RotateNode _,
                    Planned.RevokeNode _,
                    Planned.EnterMarket _,
                    Planned.NameNode _,
                    Planned.Authorise _,
                    Planned.KeepOffer _,
                    Planned.SwitchOn _ ->
                    output.progress("doing: " + part.words());
        }
    }

    private void isDone(Step.DoneBefore before) {
        output.progress(
                switch (before.part()) {
                    case Planned.Stake(_, var target) -> "ok: staked at least " + target;
                    case Planned.BindNode _ ->
                            "ok: the node is the wallet's since " + before.since();
                    case Planned.EnterMarket _ -> "ok: in the market since " + before.since();
                    case Planned.KeepOffer _ -> "ok: the offer is kept, as it was";
                    case Planned.SwitchOn _ -> "ok: the provider role is on";
                    case Planned.Permit _,
                            Planned.RotateNode _,
                            Planned.RevokeNode _,
                            Planned.NameNode _,
                            Planned.LeaveMarket _,
                            Planned.Unstake _,
                            Planned.FillPurse _,
                            Planned.Authorise _ ->
                            "ok: " + before.part().words();
                });
    }

    private void waits(Step.WaitsForEarlier waits) {
        output.progress(
                waits.transaction() == null
                        ? "note: it has number "
                                + waits.own()
                                + " and waits for the account's number "
                                + waits.first()
                                + ", which is in no block yet: that one has to be done, sped up or"
                                + " cancelled first"
                        : "it waits: transaction number "
                                + waits.first()
                                + " of this account has to be done first, and is in no block yet."
                                + " See flowshield wallet history; speed-up or cancel that one if"
                                + " it is stuck");
    }

    /** What did not end well is told by {@link #require}, once for all. */
    private void ended(Ending ending) {
        switch (ending) {
            case Ending.Done(TransactionHash hash, long block, Wei fee) ->
                    print("confirmed", hash, block, fee);
            case Ending.Cancelled(TransactionHash hash, long block, Wei fee) ->
                    print("cancelled", hash, block, fee);
            case Ending.Carried carried -> print(carried);
            case Ending.Already _,
                    Ending.Declined _,
                    Ending.Undone _,
                    Ending.Displaced _,
                    Ending.TooLate _,
                    Ending.NotKnown _,
                    Ending.NotShown _ -> {}
        }
    }

    private void print(String state, TransactionHash hash, long block, Wei fee) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("transaction", hash.toString());
        json.put("state", state);
        json.put("block", block);
        json.put("fee", fee.decimal());
        output.print(state + ": " + hash + ", for " + fee.in(gasSymbol) + " of gas", json);
    }

    private void print(Ending.Carried carried) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("transaction", carried.transaction().toString());
        json.put("state", "confirmed");
        json.put("block", carried.block());
        json.put("fee", Wei.ZERO.decimal());
        json.put("carried_for", carried.fee().decimal());
        output.print(
                "confirmed: " + carried.transaction() + ", carried for " + carried.fee(), json);
    }

    /**
     * How a verb ends whose last transaction ended so.
     *
     * @throws CommandFailedException if it did not end well
     */
    public static ExitStatus require(Ending ending) throws CommandFailedException {
        return switch (ending) {
            case Ending.Done _, Ending.Carried _, Ending.Cancelled _, Ending.Already _ ->
                    ExitStatus.OK;
            case Ending.Declined _ ->
                    throw new CommandFailedException(
                            ExitStatus.REFUSED,
                            "not_confirmed",
                            "you did not agree; nothing was sent",
                            "begin again if you want it after all");
            case Ending.Undone(TransactionHash hash, String why, _) ->
                    throw failed(
                            "reverted",
                            "the contract undid "
                                    + hash
                                    + ": "
                                    + why
                                    + " The gas was paid, nothing else moved",
                            "see the message before you try again");
            case Ending.Displaced(TransactionHash hash) ->
                    throw failed(
                            "replaced",
                            "another transaction of this account took the place of " + hash,
                            "it will never happen; look at flowshield wallet history");
            case Ending.TooLate(TransactionHash hash) ->
                    throw failed(
                            "too_late",
                            "it was too late: " + hash + " is done",
                            "what it paid is gone; look at flowshield wallet history");
            case Ending.NotKnown(TransactionHash hash, String why) ->
                    throw failed(
                            "unknown",
                            "it is not known yet what becomes of " + hash + ": " + why,
                            "look at flowshield wallet history before you send it again; flowshield"
                                    + " wallet speed-up offers more gas for it, cancel stops it");
            case Ending.NotShown(TransactionHash hash, Instant until) ->
                    throw failed(
                            "not_known_yet",
                            "the provider said that it carries it as "
                                    + hash
                                    + ", and the chain does not show it; it may still happen until "
                                    + until,
                            "do it again after that: what is done by then is not done twice");
        };
    }

    private static CommandFailedException failed(String code, String message, String action) {
        return new CommandFailedException(ExitStatus.FAILED, code, message, action);
    }
}
