package org.flowshield.app.transaction;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.flowshield.app.daemon.Failure;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.Plan;
import org.flowshield.node.desk.transaction.Proposal;
import org.flowshield.node.desk.transaction.Step;
import org.jspecify.annotations.Nullable;

/** What is shown of something that is signed. For the FX thread. */
public final class TransactionModel {

    /** How far it is. */
    public enum Stage {
        /** Nothing is done. */
        IDLE,
        /** The chain is asked what it costs. */
        PREPARING,
        /** The wallet is locked: its password is asked for. */
        LOCKED,
        /** Several steps wait to be agreed to. */
        PLAN,
        /** A signature waits to be agreed to. */
        PROPOSAL,
        /** It is agreed to: signed, handed in, confirmed. */
        WORKING,
        /** It is known what came of it. */
        ENDED,
        /** It did not begin, or broke off: {@link #signed} says which. */
        FAILED
    }

    private final ObjectProperty<Stage> stage = new SimpleObjectProperty<>(Stage.IDLE);
    private final ObjectProperty<@Nullable Purpose> purpose = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Plan> plan = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Proposal> proposal = new SimpleObjectProperty<>();
    private final ObservableList<Step> steps = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Ending> ending = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable TransactionHash> signed = new SimpleObjectProperty<>();
    private final BooleanProperty unlocking = new SimpleBooleanProperty();
    private final BooleanProperty answered = new SimpleBooleanProperty();

    public ObjectProperty<Stage> stage() {
        return stage;
    }

    /** What it is for; null before the first. */
    ObjectProperty<@Nullable Purpose> purpose() {
        return purpose;
    }

    ObjectProperty<@Nullable Plan> plan() {
        return plan;
    }

    ObjectProperty<@Nullable Proposal> proposal() {
        return proposal;
    }

    /** All that happened since it was agreed to. */
    ObservableList<Step> steps() {
        return steps;
    }

    public ObjectProperty<@Nullable Ending> ending() {
        return ending;
    }

    public ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }

    /** What was signed last since it was begun, over all unlocking in between; null: nothing. */
    ObjectProperty<@Nullable TransactionHash> signed() {
        return signed;
    }

    /** Whether the wallet is being unlocked. */
    BooleanProperty unlocking() {
        return unlocking;
    }

    /** Whether what is shown was answered: it can't be answered twice. */
    BooleanProperty answered() {
        return answered;
    }

    void clear() {
        plan.set(null);
        proposal.set(null);
        steps.clear();
        ending.set(null);
        failure.set(null);
        answered.set(false);
    }
}
