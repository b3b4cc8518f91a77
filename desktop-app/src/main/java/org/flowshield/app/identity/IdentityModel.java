package org.flowshield.app.identity;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.flowshield.app.account.AccountChoice;
import org.flowshield.app.daemon.Failure;
import org.flowshield.node.desk.identity.OwnNode;
import org.flowshield.node.desk.identity.Verification;
import org.flowshield.node.identity.Roles;
import org.jspecify.annotations.Nullable;

/** What the page shows. For the FX thread. */
final class IdentityModel {

    private final ObjectProperty<@Nullable OwnNode> own = new SimpleObjectProperty<>();
    private final BooleanProperty chainAsked = new SimpleBooleanProperty();
    private final AccountChoice account = new AccountChoice();
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final StringProperty revoking = new SimpleStringProperty("");
    private final StringProperty typed = new SimpleStringProperty("");
    private final StringProperty node = new SimpleStringProperty("");
    private final ObjectProperty<Roles> role = new SimpleObjectProperty<>(Roles.PROVIDER);
    private final ObservableList<Verification.Check> checks = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Verification> verdict = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Failure> checkFailure = new SimpleObjectProperty<>();

    /** Null while it was not asked for. */
    ObjectProperty<@Nullable OwnNode> own() {
        return own;
    }

    /** Whether the registry was asked about it, and not the daemon alone. */
    BooleanProperty chainAsked() {
        return chainAsked;
    }

    /** Which of the wallet's accounts owns nodes here. */
    AccountChoice account() {
        return account;
    }

    ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }

    BooleanProperty busy() {
        return busy;
    }

    /** Peer id of the node that is about to be revoked; empty: none is. */
    StringProperty revoking() {
        return revoking;
    }

    /** What was typed to confirm that. */
    StringProperty typed() {
        return typed;
    }

    /** Whom to check, as typed. */
    StringProperty node() {
        return node;
    }

    /** What they should be. */
    ObjectProperty<Roles> role() {
        return role;
    }

    /** Those that are made, in their order. */
    ObservableList<Verification.Check> checks() {
        return checks;
    }

    /** Null while no check has come to its end. */
    ObjectProperty<@Nullable Verification> verdict() {
        return verdict;
    }

    ObjectProperty<@Nullable Failure> checkFailure() {
        return checkFailure;
    }
}
