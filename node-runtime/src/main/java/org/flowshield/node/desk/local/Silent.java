package org.flowshield.node.desk.local;

import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Plan;
import org.flowshield.node.desk.transaction.Proposal;
import org.flowshield.node.desk.transaction.Step;

/** Nobody, who agrees to nothing: for what only asks what something would cost. */
enum Silent implements Conversation {
    NOBODY;

    @Override
    public boolean begins(Plan plan) {
        return false;
    }

    @Override
    public boolean agrees(Proposal proposal) {
        return false;
    }

    @Override
    public void tell(Step step) {
        throw new IllegalStateException("nothing happens without anybody: " + step);
    }
}
