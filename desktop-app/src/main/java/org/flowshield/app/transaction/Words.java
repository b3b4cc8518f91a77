package org.flowshield.app.transaction;

import java.math.BigDecimal;
import java.util.Locale;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.GasFee;
import org.flowshield.node.desk.transaction.Moved;
import org.flowshield.node.desk.transaction.Planned;
import org.flowshield.node.desk.transaction.Proposal;
import org.flowshield.node.desk.transaction.Step;
import org.jspecify.annotations.Nullable;

/** Says in one language what desks say in values. Immutable. */
final class Words {

    /** What the wallet calls FLOW and the chain's coin, knowing the names of neither. */
    private static final String TOKEN = " of the token";

    private static final String COIN = " of the chain's coin";

    private static final int WEI_DECIMALS = 18;

    private final Texts texts;
    private final Format format;
    private final String gasSymbol;

    Words(Texts texts, Format format, String gasSymbol) {
        this.texts = texts;
        this.format = format;
        this.gasSymbol = gasSymbol;
    }

    String label(Proposal.Line line) {
        String key = "line." + line.label().replace(' ', '_');
        return texts.has(key) ? texts.of(key) : line.label();
    }

    /** The words of the process that signs, with what the network calls its money. */
    String value(Proposal.Line line) {
        String value = line.value();
        try {
            return Format.grouped(EvmAddress.parse(value));
        } catch (MalformedAddressException e) {
            return value.replace(TOKEN, " " + Format.FLOW).replace(COIN, " " + gasSymbol);
        }
    }

    String fee(GasFee gas) {
        return texts.of("fee.most", gas(gas.atMost()));
    }

    String gas(Wei wei) {
        return format.number(new BigDecimal(wei.decimal()), WEI_DECIMALS) + " " + gasSymbol;
    }

    private String exact(TokenAmount amount) {
        return format.exact(amount);
    }

    String planned(Planned step) {
        return switch (step) {
            case Planned.Permit(var amount, var taker) ->
                    texts.of("planned.permit", exact(amount), Format.brief(taker.toString()));
            case Planned.Stake(var amount, var _) -> texts.of("planned.stake", exact(amount));
            case Planned.BindNode(var peerId, var _) ->
                    texts.of("planned.bind", Format.brief(peerId));
            case Planned.RotateNode(var old, var peerId) ->
                    texts.of("planned.rotate", Format.brief(old), Format.brief(peerId));
            case Planned.RevokeNode(var peerId) -> texts.of("planned.revoke", Format.brief(peerId));
            case Planned.EnterMarket _ -> texts.of("planned.enter");
            case Planned.NameNode _ -> texts.of("planned.name");
            case Planned.LeaveMarket _ -> texts.of("planned.leave");
            case Planned.Unstake(var amount, var notBefore) ->
                    texts.of("planned.unstake", exact(amount), format.moment(notBefore));
            case Planned.FillPurse(var amount) -> texts.of("planned.fill", exact(amount));
            case Planned.Authorise(var signer, var caps) ->
                    texts.of(
                            "planned.authorise",
                            Format.brief(signer.toString()),
                            exact(caps.total()),
                            exact(caps.perPayee()),
                            format.moment(caps.expiry()));
            case Planned.KeepOffer _ -> texts.of("planned.offer");
            case Planned.SwitchOn _ -> texts.of("planned.switch");
        };
    }

    String step(Step step) {
        return switch (step) {
            case Step.Begins(var part) -> texts.of("step.begins", planned(part));
            case Step.DoneBefore(var part, var _) -> texts.of("step.done_before", planned(part));
            case Step.PartDone(var part) -> texts.of("step.part_done", planned(part));
            case Step.Postponed(var part) -> texts.of("step.postponed", planned(part));
            case Step.TakesPlace(var number, var cancels) ->
                    texts.of(
                            cancels ? "step.takes_place.cancel" : "step.takes_place.faster",
                            format.count(number));
            case Step.CarriedBy(var peerId, var fee) ->
                    texts.of("step.carried_by", Format.brief(peerId), exact(fee));
            case Step.Signed _ -> texts.of("step.signed");
            case Step.HandedIn _ -> texts.of("step.handed_in");
            case Step.WayInTrouble _ -> texts.of("step.way_in_trouble");
            case Step.Included(var _, var block, var confirmations) ->
                    texts.of(
                            "step.included",
                            format.count(block),
                            format.count(1),
                            format.count(confirmations));
            case Step.Deeper(var _, var has, var needed) ->
                    texts.of("step.deeper", format.count(has), format.count(needed));
            case Step.Reorganised _ -> texts.of("step.reorganised");
            case Step.HandedInAgain _ -> texts.of("step.handed_in_again");
            case Step.WaitsForEarlier(var _, var _, var first) ->
                    texts.of("step.waits", format.count(first));
            case Step.Ended(var ending) -> ended(ending);
        };
    }

    /** What came of it, in a few words. */
    String ended(Ending ending) {
        return texts.of("ended." + key(ending));
    }

    /** Whether money moved. */
    String moved(Ending ending) {
        Moved moved = ending.moved();
        return texts.of("moved." + moved.name().toLowerCase(Locale.ROOT));
    }

    /** What it cost; null where that is not known. */
    @Nullable String cost(Ending ending) {
        return switch (ending) {
            case Ending.Done done -> texts.of("cost", gas(done.fee()));
            case Ending.Carried carried -> texts.of("cost", exact(carried.fee()));
            case Ending.Cancelled cancelled -> texts.of("cost", gas(cancelled.fee()));
            case Ending.Undone undone -> texts.of("cost", gas(undone.fee()));
            case Ending.Already _,
                    Ending.Declined _,
                    Ending.Displaced _,
                    Ending.TooLate _,
                    Ending.NotKnown _,
                    Ending.NotShown _ ->
                    null;
        };
    }

    /** Which transaction it was; null if none was signed. */
    static @Nullable TransactionHash transaction(Ending ending) {
        return switch (ending) {
            case Ending.Done done -> done.transaction();
            case Ending.Carried carried -> carried.transaction();
            case Ending.Cancelled cancelled -> cancelled.transaction();
            case Ending.Undone undone -> undone.transaction();
            case Ending.Displaced displaced -> displaced.transaction();
            case Ending.TooLate late -> late.transaction();
            case Ending.NotKnown notKnown -> notKnown.transaction();
            case Ending.NotShown notShown -> notShown.transaction();
            case Ending.Already _, Ending.Declined _ -> null;
        };
    }

    private static String key(Ending ending) {
        return switch (ending) {
            case Ending.Done _, Ending.Carried _ -> "done";
            case Ending.Cancelled _ -> "cancelled";
            case Ending.Already _ -> "already";
            case Ending.Declined _ -> "declined";
            case Ending.Undone _ -> "undone";
            case Ending.Displaced _ -> "displaced";
            case Ending.TooLate _ -> "too_late";
            case Ending.NotKnown _, Ending.NotShown _ -> "not_known";
        };
    }
}
