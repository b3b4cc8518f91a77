package org.flowshield.app.wallet.account;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.flowshield.app.daemon.Failure;
import org.flowshield.node.desk.money.Balances;
import org.flowshield.node.desk.wallet.WalletState;
import org.flowshield.node.wallet.Account;
import org.jspecify.annotations.Nullable;

/** What is known of the wallet. For the FX thread. */
public final class WalletModel {

    private final ObjectProperty<@Nullable WalletState> state = new SimpleObjectProperty<>();
    private final ObjectProperty<List<Account>> accounts = new SimpleObjectProperty<>(List.of());
    private final ObjectProperty<@Nullable Account> account = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Balances> balances = new SimpleObjectProperty<>();
    private final BooleanProperty hidden = new SimpleBooleanProperty();
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Failure> unknown = new SimpleObjectProperty<>();

    /** Null until it was looked at. */
    public ObjectProperty<@Nullable WalletState> state() {
        return state;
    }

    public ObjectProperty<List<Account>> accounts() {
        return accounts;
    }

    /** The one that all pages are about; null without a wallet. */
    public ObjectProperty<@Nullable Account> account() {
        return account;
    }

    /** Of that account; null until the chain has said. */
    public ObjectProperty<@Nullable Balances> balances() {
        return balances;
    }

    /** Whether amounts are shown as dots. */
    public BooleanProperty hidden() {
        return hidden;
    }

    /** Whether it is being locked, unlocked or given an account. */
    public BooleanProperty busy() {
        return busy;
    }

    /** Why the last thing that was asked for was not done. */
    public ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }

    /** Why balances are missing or old; null: they are not. */
    public ObjectProperty<@Nullable Failure> unknown() {
        return unknown;
    }

    public boolean isUnlocked() {
        return state.get() instanceof WalletState.Unlocked;
    }
}
