package org.flowshield.app.transaction;

import java.util.List;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.node.desk.transaction.GasFee;
import org.flowshield.node.desk.transaction.Plan;
import org.flowshield.node.desk.transaction.Planned;
import org.flowshield.node.desk.transaction.Proposal;

/**
 * Whether a signature is one that the person agreed to with the plan: then they are not asked
 * again. It must be the plan's very next, name all that the step named, and cost no more gas than
 * was said. Pure.
 */
final class Covered {

    private Covered() {}

    /**
     * @param step the plan's, that is to be done now
     * @param most that the plan's page said a transaction costs
     */
    static boolean is(Planned step, Proposal proposal, Wei most) {
        GasFee gas = proposal.gas();
        if (gas != null && gas.atMost().isMoreThan(most)) {
            return false;
        }
        return switch (step) {
            case Planned.Permit permit ->
                    proposal.kind() == Proposal.Kind.PERMIT
                            && names(proposal, "amount", permit.amount().decimal())
                            && names(proposal, "taken by", permit.taker().toString());
            case Planned.FillPurse fill ->
                    proposal.kind() == Proposal.Kind.TRANSACTION
                            && names(proposal, "amount", fill.amount().decimal());
            case Planned.Authorise authorise ->
                    proposal.kind() == Proposal.Kind.TRANSACTION
                            && names(proposal, "amount", authorise.caps().total().decimal())
                            && names(
                                    proposal,
                                    "each provider",
                                    authorise.caps().perPayee().decimal())
                            && names(proposal, "signer", authorise.signer().toString());
            case Planned.Stake _,
                    Planned.BindNode _,
                    Planned.RotateNode _,
                    Planned.RevokeNode _,
                    Planned.EnterMarket _,
                    Planned.NameNode _,
                    Planned.LeaveMarket _,
                    Planned.Unstake _,
                    Planned.KeepOffer _,
                    Planned.SwitchOn _ ->
                    false;
        };
    }

    /** The step of a plan whose signature has not been asked for yet. */
    static boolean isNextIn(Plan plan, int done, Proposal proposal, Wei most) {
        List<Planned> steps = plan.steps();
        return done < steps.size() && is(steps.get(done), proposal, most);
    }

    /** As a whole word: 1 is not in 12.5. */
    private static boolean names(Proposal proposal, String label, String value) {
        return proposal.lines().stream()
                .filter(line -> line.label().equals(label))
                .anyMatch(line -> List.of(line.value().split(" ", -1)).contains(value));
    }
}
