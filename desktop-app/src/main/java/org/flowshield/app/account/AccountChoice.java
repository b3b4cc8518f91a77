package org.flowshield.app.account;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.desk.wallet.WalletState;
import org.flowshield.node.wallet.Account;
import org.jspecify.annotations.Nullable;

/**
 * The wallet's accounts, and the one that acts: what a person chose, else the one that is in use
 * already, else the first. For the FX thread.
 */
public final class AccountChoice {

    private final ObjectProperty<List<Account>> known = new SimpleObjectProperty<>(List.of());
    private final ObjectProperty<@Nullable Account> acting = new SimpleObjectProperty<>();

    /** A person said so: nothing else changes it while the account is there. */
    private boolean chosen;

    /** Those of the wallet; none: there is no wallet. */
    public ObjectProperty<List<Account>> known() {
        return known;
    }

    /** Null: there is no wallet. */
    public ObjectProperty<@Nullable Account> acting() {
        return acting;
    }

    /** Of the one that acts; null: there is no wallet. */
    public @Nullable EvmAddress address() {
        Account account = acting.get();
        return account == null ? null : account.address();
    }

    /** The wallet as it is now. */
    public void know(WalletState state) {
        List<Account> accounts =
                switch (state) {
                    case WalletState.None _ -> List.of();
                    case WalletState.Locked locked -> locked.accounts();
                    case WalletState.Unlocked open -> open.accounts();
                };
        known.set(accounts);
        Account before = acting.get();
        if (before == null || !accounts.contains(before)) {
            chosen = false;
            acting.set(accounts.isEmpty() ? null : accounts.getFirst());
        }
    }

    /** That one is in use; null: none is. */
    public void suggest(@Nullable EvmAddress inUse) {
        if (!chosen && inUse != null) {
            Optional<Account> found =
                    known.get().stream()
                            .filter(account -> account.address().equals(inUse))
                            .findFirst();
            found.ifPresent(acting::set);
        }
    }

    /** A person wants that one. */
    public void choose(Account account) {
        chosen = true;
        acting.set(account);
    }
}
