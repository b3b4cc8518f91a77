package org.flowshield.app.firstrun;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.desk.DeskWork;
import org.flowshield.app.firstrun.FirstRunModel.Page;
import org.flowshield.app.firstrun.FirstRunModel.Service;
import org.flowshield.app.secret.SecretBuffer;
import org.flowshield.app.service.Installing;
import org.flowshield.app.service.ServiceSetup;
import org.flowshield.app.settings.SettingsFile;
import org.flowshield.app.threads.Ui;
import org.flowshield.app.threads.Work;
import org.flowshield.node.desk.wallet.NewWords;
import org.flowshield.node.desk.wallet.SecretWords;
import org.flowshield.node.desk.wallet.TypedWords;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.wallet.keystore.Password;
import org.jspecify.annotations.Nullable;

/**
 * Leads a person through the first run. What it has done is kept by wallet and service alone: begun
 * again, it goes on behind what is there. For the FX thread.
 */
final class FirstRunController {

    /** The shortest that every other wallet takes, too; they carry 128 bits. */
    private static final int WORDS = 12;

    /** One is right. */
    private static final int OPTIONS = 4;

    /** More are derived later, one by one. */
    private static final int ACCOUNTS = 1;

    private final FirstRunModel model;
    private final WalletDesk wallet;
    private final Daemon daemon;
    private final Installing installing;
    private final SettingsFile settings;
    private final Work work;
    private final Ui ui;
    private final Random random;
    private final Runnable done;

    /** Places that are still asked for. */
    private List<Integer> places = List.of();

    /** What was typed to restore a wallet, until it is. */
    private char @Nullable [] restored;

    private Daemon.@Nullable Watch watch;

    /**
     * @param random chooses what stands beside the right word
     * @param done called when the person goes on to the app
     */
    FirstRunController(
            FirstRunModel model,
            WalletDesk wallet,
            Daemon daemon,
            ServiceSetup setup,
            SettingsFile settings,
            Work work,
            Ui ui,
            Random random,
            Runnable done) {
        this.model = model;
        this.wallet = wallet;
        this.daemon = daemon;
        this.installing = new Installing(setup, daemon, work, model.busy(), model.failure());
        this.settings = settings;
        this.work = work;
        this.ui = ui;
        this.random = random;
        this.done = done;
    }

    void shown() {
        watch = daemon.watch(state -> ui.run(() -> heard(state)));
    }

    void hidden() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
        forget();
    }

    private void heard(DaemonState state) {
        model.service()
                .set(
                        switch (state) {
                            case DaemonState.Unknown _ -> Service.LOOKING;
                            case DaemonState.Away _ -> Service.ABSENT;
                            case DaemonState.Live _ -> Service.ANSWERS;
                        });
    }

    /** From the welcome on; a wallet that is there already is not made again. */
    void begin() {
        run("wallet-look", wallet::exists, exists -> go(exists ? Page.SERVICE : Page.CHOICE));
    }

    void create() {
        run(
                "wallet-words",
                () -> wallet.newWords(WORDS),
                words -> {
                    model.words().set(words);
                    go(Page.WORDS);
                });
    }

    void restore() {
        go(Page.RESTORE);
    }

    /** Without a wallet: one can be made later. */
    void later() {
        go(Page.SERVICE);
    }

    void reveal() {
        model.revealed().set(true);
    }

    /** The words are on paper: three of them are asked for. */
    void written() {
        NewWords words = model.words().get();
        if (words == null || !model.revealed().get()) {
            return;
        }
        places = words.ask();
        model.wrong().set(false);
        model.round().set(0);
        ask(words);
        go(Page.VERIFY);
    }

    private void ask(NewWords words) {
        int place = places.getFirst();
        model.asked().set(place);
        model.round().set(model.round().get() + 1);
        model.options().set(options(words.words(), place));
    }

    /**
     * The right word among others of the same wallet, which only a look at the paper tells apart.
     */
    private List<String> options(SecretWords words, int place) {
        String right = word(words, place);
        List<String> others = new ArrayList<>();
        for (int other = 1; other <= words.count(); other++) {
            String word = word(words, other);
            if (!word.equals(right) && !others.contains(word)) {
                others.add(word);
            }
        }
        Collections.shuffle(others, random);
        List<String> options =
                new ArrayList<>(others.subList(0, Math.min(OPTIONS - 1, others.size())));
        options.add(right);
        Collections.shuffle(options, random);
        return List.copyOf(options);
    }

    private static String word(SecretWords words, int place) {
        char[] word = words.word(place);
        try {
            return new String(word);
        } finally {
            Arrays.fill(word, '\0');
        }
    }

    /** Takes an answer; a wrong one leads back to the words. */
    void answer(String chosen) {
        NewWords words = model.words().get();
        if (words == null || places.isEmpty()) {
            return;
        }
        boolean right = words.answer(chosen.toCharArray());
        model.options().set(List.of());
        if (!right) {
            places = List.of();
            model.wrong().set(true);
            model.revealed().set(false);
            go(Page.WORDS);
            return;
        }
        places = places.subList(1, places.size());
        if (places.isEmpty()) {
            go(Page.PASSWORD);
        } else {
            ask(words);
        }
    }

    /** Looks at words while they are typed; wipes what it is given. */
    void typed(char[] typed) {
        model.typed().set(TypedWords.of(typed));
        Arrays.fill(typed, '\0');
    }

    /** Goes on with words that are whole; keeps what it is given, and wipes it later. */
    void restoreWith(char[] typed) {
        if (TypedWords.of(typed).state() != TypedWords.State.WHOLE) {
            Arrays.fill(typed, '\0');
            return;
        }
        wipeRestored();
        restored = typed;
        go(Page.PASSWORD);
    }

    /** Makes the wallet; wipes the password that was typed. */
    void protect(SecretBuffer typed) {
        if (model.busy().get()) {
            return;
        }
        Password password = typed.password();
        NewWords words = model.words().get();
        char[] sentence = restored == null ? null : restored.clone();
        run(
                "wallet-make",
                () -> {
                    try (password) {
                        if (sentence != null) {
                            return wallet.restore(sentence, ACCOUNTS, password);
                        }
                        if (words == null) {
                            throw new IllegalStateException("there are no words to protect");
                        }
                        return wallet.create(words, password);
                    } finally {
                        if (sentence != null) {
                            Arrays.fill(sentence, '\0');
                        }
                    }
                },
                _ -> {
                    typed.clear();
                    forget();
                    go(Page.SERVICE);
                });
    }

    /** Lets an administrator install the service. */
    void install() {
        installing.begin();
    }

    void lookAgain() {
        daemon.retryNow();
    }

    /** With the service or without. */
    void onward() {
        go(Page.DONE);
    }

    /** The way is gone to its end. */
    void finish() {
        var _ = settings.change(before -> before.withFirstRunDone(true));
        done.run();
    }

    /** To the page before; what was begun there begins anew. */
    void back() {
        if (model.busy().get()) {
            return;
        }
        Page before =
                switch (model.page().get()) {
                    case WELCOME, CHOICE -> Page.WELCOME;
                    case WORDS, RESTORE -> Page.CHOICE;
                    case VERIFY -> Page.WORDS;
                    case PASSWORD -> restored == null ? Page.WORDS : Page.RESTORE;
                    case SERVICE, DONE -> Page.SERVICE;
                };
        if (before == Page.CHOICE) {
            forget();
        }
        model.revealed().set(false);
        go(before);
    }

    private void go(Page page) {
        model.failure().set(null);
        model.page().set(page);
    }

    private <T> void run(String name, DeskWork.Task<T> task, java.util.function.Consumer<T> then) {
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
                        this::failed);
    }

    private void failed(Failure failure) {
        model.busy().set(false);
        model.failure().set(failure);
    }

    /** Wipes all words. */
    private void forget() {
        NewWords words = model.words().get();
        model.words().set(null);
        model.options().set(List.of());
        model.revealed().set(false);
        model.wrong().set(false);
        places = List.of();
        if (words != null) {
            words.close();
        }
        wipeRestored();
    }

    private void wipeRestored() {
        if (restored != null) {
            Arrays.fill(restored, '\0');
            restored = null;
        }
    }
}
