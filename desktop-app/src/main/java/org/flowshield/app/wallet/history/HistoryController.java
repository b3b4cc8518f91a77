package org.flowshield.app.wallet.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.daemon.FailureException;
import org.flowshield.app.desk.DeskWork;
import org.flowshield.app.system.FilePicker;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Work;
import org.flowshield.app.transaction.Purpose;
import org.flowshield.app.transaction.TransactionController;
import org.flowshield.app.wallet.account.WalletModel;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.node.api.Problem;
import org.flowshield.node.desk.money.MoneyDesk;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.history.Fate;
import org.flowshield.node.wallet.history.HistoryCsv;
import org.flowshield.node.wallet.history.HistoryEntry;

/**
 * Reads the past, searches it, writes it out, and hurries or stops what waits. For the FX thread.
 */
final class HistoryController {

    private final HistoryModel model;
    private final WalletModel wallet;
    private final MoneyDesk money;
    private final TransactionController transactions;
    private final FilePicker files;
    private final Work work;
    private final Texts texts;

    HistoryController(
            HistoryModel model,
            WalletModel wallet,
            MoneyDesk money,
            TransactionController transactions,
            FilePicker files,
            Work work,
            Texts texts) {
        this.model = model;
        this.wallet = wallet;
        this.money = money;
        this.transactions = transactions;
        this.files = files;
        this.work = work;
        this.texts = texts;
        model.search().subscribe(_ -> find());
    }

    /** Asks wallet and chain. */
    void load() {
        Account account = wallet.account().get();
        if (account == null || model.busy().get()) {
            return;
        }
        model.busy().set(true);
        model.failure().set(null);
        Work.Running _ =
                work.start(
                        "history",
                        DeskWork.job(() -> money.history(account.address(), null)),
                        entries -> {
                            model.busy().set(false);
                            List<HistoryEntry> newest = new ArrayList<>(entries);
                            Collections.reverse(newest);
                            model.entries().set(List.copyOf(newest));
                            find();
                        },
                        failure -> {
                            model.busy().set(false);
                            model.failure().set(failure);
                        });
    }

    private void find() {
        String search = model.search().get().strip().toLowerCase(Locale.ROOT);
        model.found()
                .set(
                        model.entries().get().stream()
                                .filter(entry -> search.isEmpty() || matches(entry, search))
                                .toList());
    }

    private static boolean matches(HistoryEntry entry, String search) {
        return String.join(
                        " ",
                        entry.action(),
                        entry.peer().toString(),
                        entry.hash().toString(),
                        entry.coin().decimal(entry.units()),
                        entry.coin().label(),
                        entry.fate().state().label())
                .toLowerCase(Locale.ROOT)
                .contains(search);
    }

    /** Writes what is found as a table, where the person wants it. */
    void export() {
        List<HistoryEntry> oldestFirst = new ArrayList<>(model.found().get());
        Collections.reverse(oldestFirst);
        files.save(texts.of("history.export.title"), "flowshield.csv")
                .ifPresent(file -> write(file, oldestFirst));
    }

    private void write(Path file, List<HistoryEntry> entries) {
        model.said().set("");
        model.failure().set(null);
        Work.Running _ =
                work.start(
                        "history-export",
                        () -> {
                            try {
                                return Files.write(file, HistoryCsv.lines(entries));
                            } catch (IOException e) {
                                throw new FailureException(notWritten(file, e), e);
                            }
                        },
                        written -> model.said().set(texts.of("history.exported", written)),
                        failure -> model.failure().set(failure));
    }

    private static Failure notWritten(Path file, IOException e) {
        return new Failure(
                Failure.Kind.REFUSED,
                new Problem(
                        "not_written",
                        file + " can't be written: " + e.getMessage(),
                        "choose another folder, or make room on the disk"));
    }

    /** Whether that one can be hurried or stopped. */
    static boolean waits(HistoryEntry entry) {
        return !entry.incoming()
                && (entry.fate().state() == Fate.State.WAITING
                        || entry.fate().state() == Fate.State.DROPPED);
    }

    void speedUp(HistoryEntry entry) {
        TransactionHash hash = entry.hash();
        transactions.start(
                new Purpose(
                        texts.of("faster.title"),
                        texts.of("faster.button"),
                        texts.of("faster.next"),
                        null),
                conversation -> money.speedUp(hash, conversation),
                _ -> load());
    }

    void cancel(HistoryEntry entry) {
        TransactionHash hash = entry.hash();
        transactions.start(
                new Purpose(
                        texts.of("cancel.title"),
                        texts.of("cancel.button"),
                        texts.of("cancel.next"),
                        null),
                conversation -> money.cancel(hash, conversation),
                _ -> load());
    }
}
