package org.flowshield.app.wallet.security;

import java.util.function.Consumer;
import org.flowshield.app.desk.DeskWork;
import org.flowshield.app.secret.SecretBuffer;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Work;
import org.flowshield.node.desk.wallet.SecretWords;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.wallet.keystore.Password;

/** Changes the password and shows the words again. For the FX thread. */
final class SecurityController {

    private final SecurityModel model;
    private final WalletDesk wallet;
    private final Work work;
    private final Texts texts;

    /** How often words were wiped: those that come after a page was left are nobody's. */
    private long concealed;

    SecurityController(SecurityModel model, WalletDesk wallet, Work work, Texts texts) {
        this.model = model;
        this.wallet = wallet;
        this.work = work;
        this.texts = texts;
    }

    /** Encrypts the wallet anew; {@code then} is called when that is done. */
    void change(SecretBuffer old, SecretBuffer changed, Runnable then) {
        if (model.busy().get()) {
            return;
        }
        Password before = old.password();
        Password after = changed.password();
        run(
                "wallet-password",
                () -> {
                    try (before;
                            after) {
                        return wallet.changePassword(before, after);
                    }
                },
                _ -> {
                    model.said().set(texts.of("security.changed"));
                    then.run();
                });
    }

    /** Shows the words, for as long as the page is looked at. */
    void reveal(SecretBuffer typed) {
        if (model.busy().get()) {
            return;
        }
        Password password = typed.password();
        typed.clear();
        conceal();
        long asked = concealed;
        run(
                "wallet-words",
                () -> {
                    try (password) {
                        return wallet.reveal(password);
                    }
                },
                words -> {
                    if (asked == concealed) {
                        model.words().set(words);
                    } else {
                        words.close();
                    }
                });
    }

    /** Wipes the words. */
    void conceal() {
        concealed++;
        SecretWords words = model.words().get();
        model.words().set(null);
        if (words != null) {
            words.close();
        }
    }

    private <T> void run(String name, DeskWork.Task<T> task, Consumer<T> then) {
        model.busy().set(true);
        model.failure().set(null);
        model.said().set("");
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
