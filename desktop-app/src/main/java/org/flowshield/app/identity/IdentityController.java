package org.flowshield.app.identity;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.desk.DeskWork;
import org.flowshield.app.navigation.Destination;
import org.flowshield.app.screen.Context;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Work;
import org.flowshield.app.transaction.Purpose;
import org.flowshield.app.transaction.TransactionController;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.desk.identity.IdentityDesk;
import org.flowshield.node.desk.identity.OwnNode;
import org.flowshield.node.identity.Roles;
import org.jspecify.annotations.Nullable;

/** Asks who nodes are, and has the wallet say so. For the FX thread. */
final class IdentityController {

    /** So much of a node's id is typed before it is revoked: nobody types that by chance. */
    private static final int TYPED = 6;

    private final IdentityModel model;
    private final Context context;
    private final IdentityDesk desk;
    private final Texts texts;
    private final TransactionController transaction;
    private final Runnable toBackup;
    private Work.@Nullable Running checking;

    /**
     * @param toBackup takes the person to where the wallet's words are shown
     */
    IdentityController(
            IdentityModel model,
            Context context,
            TransactionController transaction,
            Runnable toBackup) {
        this.model = model;
        this.context = context;
        this.desk = context.desks().identity();
        this.texts = context.texts("identity");
        this.transaction = transaction;
        this.toBackup = toBackup;
    }

    void shown() {
        load();
    }

    void hidden() {
        if (checking != null) {
            checking.cancel();
            checking = null;
        }
        model.busy().set(false);
        model.failure().set(null);
        transaction.hidden();
        keep();
    }

    /** The daemon's word comes first: it needs no chain. */
    void load() {
        model.failure().set(null);
        ask(
                "wallet",
                DeskWork.job(() -> context.desks().wallet().state()),
                state -> {
                    model.account().know(state);
                    suggest();
                });
        ask("identity", DeskWork.job(() -> desk.own(false)), this::known);
    }

    /** Whom the node belongs to acts, unless somebody wants another. */
    private void suggest() {
        OwnNode own = model.own().get();
        model.account().suggest(own == null ? null : own.status().wallet());
    }

    private void known(OwnNode own) {
        if (!isAboutTheSame(own)) {
            model.chainAsked().set(false);
        }
        if (!model.chainAsked().get()) {
            model.own().set(own);
        }
        suggest();
        if (own.status().wallet() != null) {
            ask(
                    "registry",
                    DeskWork.job(() -> desk.own(true)),
                    asked -> {
                        model.chainAsked().set(true);
                        model.own().set(asked);
                    });
        }
    }

    /** Whether what the registry said before is about this key and wallet. */
    private boolean isAboutTheSame(OwnNode own) {
        OwnNode before = model.own().get();
        return before != null
                && before.status().peerId().equals(own.status().peerId())
                && Objects.equals(before.status().wallet(), own.status().wallet());
    }

    /** Takes this machine's node as the wallet's own. */
    void register(Set<Roles> roles) {
        EvmAddress wallet = model.account().address();
        if (wallet != null && !roles.isEmpty()) {
            Set<Roles> chosen = EnumSet.copyOf(roles);
            transaction.start(
                    purpose("register"),
                    talk -> desk.register(wallet, chosen, talk).ending(),
                    _ -> again());
        }
    }

    /** A new key with the roles of the old one, which is revoked by that. */
    void rotate() {
        EvmAddress wallet = model.account().address();
        if (wallet != null) {
            transaction.start(
                    purpose("rotate"),
                    talk -> desk.rotate(wallet, Set.of(), talk).ending(),
                    _ -> again());
        }
    }

    /** Begins to revoke: the person is told what it means, and has to type a part of the id. */
    void doubt(String peerId) {
        model.typed().set("");
        model.revoking().set(peerId);
    }

    /** Nothing is revoked. */
    void keep() {
        model.revoking().set("");
        model.typed().set("");
    }

    /** What has to be typed. */
    static String confirmation(String peerId) {
        return peerId.substring(Math.max(0, peerId.length() - TYPED));
    }

    boolean isConfirmed() {
        String peerId = model.revoking().get();
        return !peerId.isEmpty() && confirmation(peerId).equals(model.typed().get().strip());
    }

    /** For ever. Does nothing before it is confirmed. */
    void revoke() {
        EvmAddress wallet = model.account().address();
        if (wallet == null || !isConfirmed()) {
            return;
        }
        String peerId = model.revoking().get();
        keep();
        transaction.start(
                purpose("revoke"),
                talk -> desk.revoke(wallet, peerId, talk).ending(),
                _ -> again());
    }

    private Purpose purpose(String verb) {
        return new Purpose(
                texts.of(verb + ".title"), texts.of(verb), texts.of(verb + ".next"), null);
    }

    private void again() {
        model.chainAsked().set(false);
        load();
    }

    /** Checks who a node is, telling each check when it is made. */
    void verify() {
        String node = model.node().get().strip();
        Roles role = model.role().get();
        if (node.isEmpty() || model.busy().get()) {
            return;
        }
        model.checks().clear();
        model.verdict().set(null);
        model.checkFailure().set(null);
        model.busy().set(true);
        checking =
                context.work()
                        .start(
                                "verify",
                                DeskWork.job(
                                        () ->
                                                desk.verify(
                                                        node,
                                                        role,
                                                        check ->
                                                                context.ui()
                                                                        .run(
                                                                                () ->
                                                                                        model.checks()
                                                                                                .add(
                                                                                                        check)))),
                                verdict -> {
                                    model.busy().set(false);
                                    model.checks().setAll(verdict.checks());
                                    model.verdict().set(verdict);
                                },
                                why -> {
                                    model.busy().set(false);
                                    model.checkFailure().set(why);
                                });
    }

    void toWallet() {
        context.navigator().go(Destination.WALLET);
    }

    void backUp() {
        toBackup.run();
    }

    private <T> void ask(String name, Work.Job<T> job, Consumer<T> done) {
        Work.Running _ = context.work().start(name, job, done, this::failed);
    }

    private void failed(Failure failure) {
        model.failure().set(failure);
    }
}
