package org.flowshield.app.wallet.account;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.desk.DeskWork;
import org.flowshield.app.secret.SecretBuffer;
import org.flowshield.app.settings.SettingsFile;
import org.flowshield.app.threads.Ui;
import org.flowshield.app.threads.Work;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.money.Balances;
import org.flowshield.node.desk.money.MoneyDesk;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.desk.wallet.WalletState;
import org.flowshield.node.wallet.Account;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is known of the wallet true while it is looked at: files, agent and chain are asked
 * again and again, for others change them too. For the FX thread.
 */
public final class WalletController {

    /** Blocks come every few seconds on most chains; more often is of no use. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final WalletModel model;
    private final WalletDesk wallet;
    private final MoneyDesk money;
    private final SettingsFile settings;
    private final Work work;
    private final Ui ui;
    private Work.@Nullable Running follower;

    public WalletController(
            WalletModel model,
            WalletDesk wallet,
            MoneyDesk money,
            SettingsFile settings,
            Work work,
            Ui ui) {
        this.model = model;
        this.wallet = wallet;
        this.money = money;
        this.settings = settings;
        this.work = work;
        this.ui = ui;
    }

    public void shown() {
        model.hidden().set(settings.settings().hideBalances());
        follow();
    }

    public void hidden() {
        if (follower != null) {
            follower.cancel();
            follower = null;
        }
    }

    /** Looks at once, and then from time to time. */
    public void follow() {
        hidden();
        Account chosen = model.account().get();
        follower =
                work.start(
                        "wallet-follow",
                        () -> {
                            while (true) {
                                lookOnce(chosen);
                                Thread.sleep(LOOK);
                            }
                        },
                        _ -> {},
                        failure -> model.failure().set(failure));
    }

    /** What it finds is told at once: the job itself does not end. */
    private void lookOnce(@Nullable Account chosen) throws InterruptedException {
        WalletState state;
        try {
            state = wallet.state();
        } catch (DeskException e) {
            Failure failure = DeskWork.failure(e);
            ui.run(() -> model.failure().set(failure));
            return;
        }
        ui.run(() -> heard(state));
        Account asked = chosen == null ? first(state) : chosen;
        if (asked == null) {
            return;
        }
        try {
            Balances balances = money.balances(asked.address());
            ui.run(() -> heard(balances));
        } catch (DeskException e) {
            Failure failure = DeskWork.failure(e);
            ui.run(() -> model.unknown().set(failure));
        }
    }

    private static @Nullable Account first(WalletState state) {
        List<Account> accounts = accounts(state);
        return accounts.isEmpty() ? null : accounts.getFirst();
    }

    private static List<Account> accounts(WalletState state) {
        return switch (state) {
            case WalletState.None _ -> List.of();
            case WalletState.Locked locked -> locked.accounts();
            case WalletState.Unlocked unlocked -> unlocked.accounts();
        };
    }

    private void heard(WalletState state) {
        List<Account> accounts = accounts(state);
        model.accounts().set(accounts);
        Account chosen = model.account().get();
        if (chosen == null || !accounts.contains(chosen)) {
            model.balances().set(null);
            model.account().set(first(state));
        }
        model.state().set(state);
    }

    private void heard(Balances balances) {
        Account chosen = model.account().get();
        if (chosen != null && chosen.address().equals(balances.account())) {
            model.unknown().set(null);
            model.balances().set(balances);
        }
    }

    /** All pages are about that account now. */
    public void choose(Account account) {
        if (account.equals(model.account().get())) {
            return;
        }
        model.balances().set(null);
        model.account().set(account);
        follow();
    }

    /** Shows amounts, or dots. */
    public void hide(boolean hide) {
        model.hidden().set(hide);
        var _ = settings.change(before -> before.withHideBalances(hide));
    }

    /** Unlocks it; wipes what was typed when that went well. */
    public void unlock(SecretBuffer typed) {
        if (model.busy().get()) {
            return;
        }
        run(
                "wallet-unlock",
                DeskWork.unlock(wallet, typed.password()),
                unlocked -> {
                    typed.clear();
                    heard(unlocked);
                });
    }

    /** The keys are wiped. */
    public void lock() {
        run("wallet-lock", wallet::lock, _ -> follow());
    }

    /** One more address below the same words. */
    public void addAccount() {
        run(
                "wallet-account",
                wallet::addAccount,
                account -> {
                    List<Account> known = model.accounts().get();
                    if (!known.contains(account)) {
                        model.accounts()
                                .set(
                                        java.util.stream.Stream.concat(
                                                        known.stream(),
                                                        java.util.stream.Stream.of(account))
                                                .toList());
                    }
                    choose(account);
                });
    }

    private <T> void run(String name, DeskWork.Task<T> task, Consumer<T> then) {
        if (model.busy().get()) {
            return;
        }
        model.busy().set(true);
        model.failure().set(null);
        Work.Running _ =
                work.start(
                        name,
                        DeskWork.job(task),
                        result -> {
                            model.busy().set(false);
                            then.accept(result);
                        },
                        failure -> {
                            model.busy().set(false);
                            model.failure().set(failure);
                        });
    }
}
