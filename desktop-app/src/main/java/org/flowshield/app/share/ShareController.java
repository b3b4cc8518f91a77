package org.flowshield.app.share;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.desk.DeskWork;
import org.flowshield.app.desk.Desks;
import org.flowshield.app.navigation.Destination;
import org.flowshield.app.screen.Context;
import org.flowshield.app.share.ShareModel.Fault;
import org.flowshield.app.share.ShareModel.Page;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Work;
import org.flowshield.app.transaction.Purpose;
import org.flowshield.app.transaction.TransactionController;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.ProviderOffer;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.SellingStatus;
import org.flowshield.node.api.payment.Settlement;
import org.flowshield.node.config.BitRate;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.share.ShareOrder;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.wallet.WalletState;
import org.flowshield.node.wallet.Account;
import org.jspecify.annotations.Nullable;

/** Asks, switches and keeps the page true. For the FX thread. */
final class ShareController {

    /** As many days as fit beside each other. */
    static final int DAYS = 14;

    private static final BigDecimal MEGA = BigDecimal.valueOf(1_000_000);

    private final ShareModel model;
    private final Context context;
    private final Desks desks;
    private final Texts texts;
    private final ChoicesFile choices;
    private final TransactionController transaction;
    private final EarningsController earnings;
    private final HoursController hours;
    private Daemon.@Nullable Watch watch;

    ShareController(
            ShareModel model,
            Context context,
            ChoicesFile choices,
            TransactionController transaction) {
        this.model = model;
        this.context = context;
        this.desks = context.desks();
        this.texts = context.texts("share");
        this.choices = choices;
        this.transaction = transaction;
        this.earnings = new EarningsController(model, context);
        this.hours = new HoursController(model, context);
    }

    /** Chooses the hours of sharing. */
    HoursController hours() {
        return hours;
    }

    void shown() {
        watch = context.daemon().watch(state -> context.ui().run(() -> heard(state)));
        if (choices.choices().agreed()) {
            load();
        } else {
            model.page().set(Page.CONSENT);
        }
    }

    void hidden() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
        transaction.hidden();
        model.look().set(null);
        model.failure().set(null);
        model.settled().set("");
    }

    /** A second is over. */
    void tick() {
        if (model.page().get() == Page.RUNNING) {
            earnings.tick();
        }
    }

    private void heard(DaemonState state) {
        model.status().set(state instanceof DaemonState.Live(var status) ? status : null);
        hours.heard();
    }

    /** The person was told what it means, and wants it. */
    void agree() {
        ShareChoices _ = choices.change(ShareChoices::withAgreed);
        load();
    }

    void load() {
        model.failure().set(null);
        if (model.selling().get() == null) {
            model.page().set(Page.LOADING);
        }
        ask("wallet", DeskWork.job(() -> desks.wallet().state()), this::load);
    }

    private void load(WalletState wallet) {
        model.account().know(wallet);
        ask(
                "selling",
                context.daemon()::selling,
                selling -> {
                    model.selling().set(selling);
                    model.account().suggest(selling.offer().payee());
                    boolean sells = selling.free() || selling.offer().pricePerGib() != null;
                    model.page().set(sells ? Page.RUNNING : start());
                    fill(selling.offer());
                    hours.look();
                    lookAtChain();
                });
    }

    private Page start() {
        return model.account().address() == null ? Page.NO_WALLET : Page.OFFER;
    }

    /** What it was sold for before is what is suggested. */
    private void fill(ProviderOffer offer) {
        TokenAmount price = offer.pricePerGib();
        if (price != null && model.price().get().isEmpty()) {
            model.price().set(price.decimal());
        }
        String limit = offer.limit();
        if (limit != null && model.limit().get().isEmpty()) {
            model.limit().set(megabits(BitRate.parse(limit)));
        }
        String country = offer.country();
        if (country != null && model.country().get().isEmpty()) {
            model.country().set(country);
        }
    }

    private static String megabits(BitRate rate) {
        return BigDecimal.valueOf(rate.bitsPerSecond())
                .divide(MEGA)
                .stripTrailingZeros()
                .toPlainString();
    }

    private void lookAtChain() {
        lookAtStake();
        earnings.count();
    }

    private void lookAtStake() {
        EvmAddress wallet = model.account().address();
        if (wallet != null && desks.network().isPresent()) {
            ask(
                    "standing",
                    DeskWork.job(() -> desks.share().standing(wallet)),
                    standing -> {
                        if (wallet.equals(model.account().address())) {
                            model.standing().set(standing);
                        }
                    });
        }
    }

    /** That account stakes, is paid, and has its stake back. */
    void act(Account account) {
        model.account().choose(account);
        model.look().set(null);
        model.standing().set(null);
        lookAtStake();
    }

    /** Back to the offer, to change it. */
    void change() {
        model.look().set(null);
        model.page().set(start());
    }

    void back() {
        model.look().set(null);
        model.page().set(Page.RUNNING);
    }

    /** What is missing for the offer that was typed. */
    void look() {
        EvmAddress wallet = model.account().address();
        ShareOrder order = wallet == null ? null : order(wallet);
        if (order != null) {
            model.failure().set(null);
            ask(
                    "look",
                    DeskWork.job(() -> desks.share().look(order.wallet(), null)),
                    look -> {
                        if (order.wallet().equals(model.account().address())) {
                            model.look().set(look);
                        }
                    });
        }
    }

    private @Nullable ShareOrder order(EvmAddress wallet) {
        model.fault().set(Fault.NONE);
        TokenAmount price;
        try {
            price = TokenAmount.parse(model.price().get().strip());
        } catch (MalformedAmountException e) {
            model.fault().set(Fault.PRICE);
            return null;
        }
        BitRate limit;
        try {
            limit = BitRate.parse(model.limit().get().strip() + " Mbit/s");
        } catch (IllegalArgumentException e) {
            model.fault().set(Fault.LIMIT);
            return null;
        }
        String country = model.country().get();
        return new ShareOrder(wallet, price, limit, country.isEmpty() ? null : country, null);
    }

    /** Everything that was shown to be missing, one signature after the other. */
    void begin() {
        EvmAddress wallet = model.account().address();
        ShareOrder order = wallet == null ? null : order(wallet);
        if (order == null) {
            return;
        }
        transaction.start(
                new Purpose(
                        texts.of("begin.title"), texts.of("begin"), texts.of("begin.next"), null),
                conversation -> desks.share().on(order, conversation).ending(),
                ending -> {
                    if (ending.isGood() || ending instanceof Ending.NotKnown) {
                        model.look().set(null);
                        model.selling().set(null);
                        load();
                    }
                });
    }

    /** On or off, until a person or the schedule says otherwise. */
    void sharing(boolean on) {
        if (on) {
            ask(
                    "share-on",
                    () -> {
                        var _ = context.daemon().enable(RoleName.PROVIDER);
                        return context.daemon()
                                .offer(new ProviderOffer(null, null, null, null, true));
                    },
                    model.selling()::set);
        } else {
            ask(
                    "share-off",
                    () -> {
                        SellingStatus told =
                                context.daemon()
                                        .offer(new ProviderOffer(null, null, null, null, false));
                        var _ = context.daemon().disable(RoleName.PROVIDER);
                        return told;
                    },
                    model.selling()::set);
        }
    }

    void fullnode(boolean on) {
        ask(
                "fullnode",
                () ->
                        on
                                ? context.daemon().enable(RoleName.FULLNODE)
                                : context.daemon().disable(RoleName.FULLNODE),
                _ -> {});
    }

    /** Whether a role is on, or about to be. */
    boolean isOn(RoleName name) {
        NodeStatus status = model.status().get();
        RoleState state = status == null ? RoleState.OFF : status.role(name).state();
        return state == RoleState.ON || state == RoleState.STARTING;
    }

    /** Has everything paid out that is earned. */
    void settle() {
        model.settled().set("");
        ask(
                "settle",
                context.daemon()::settle,
                settlements -> {
                    model.settled().set(words(settlements));
                    lookAtChain();
                });
    }

    private String words(List<Settlement> settlements) {
        long failed =
                settlements.stream().filter(one -> one.state() == Settlement.State.FAILED).count();
        TokenAmount sum =
                settlements.stream()
                        .filter(one -> one.state() != Settlement.State.FAILED)
                        .map(Settlement::amount)
                        .reduce(TokenAmount.ZERO, TokenAmount::plus);
        if (settlements.isEmpty()) {
            return texts.of("settle.nothing");
        }
        String paid = texts.of("settle.done", context.format().glance(sum));
        return failed == 0 ? paid : paid + " " + texts.of("settle.failed", failed);
    }

    /** Asks for all of the stake back, and leaves the market by that. */
    void unstake() {
        transact("unstake", (wallet, talk) -> desks.share().unstake(wallet, null, talk));
    }

    void withdraw() {
        transact("withdraw", (wallet, talk) -> desks.share().withdraw(wallet, talk));
    }

    private interface OfWallet {
        org.flowshield.node.desk.transaction.Ending run(
                EvmAddress wallet, org.flowshield.node.desk.transaction.Conversation talk)
                throws DeskException, InterruptedException;
    }

    private void transact(String key, OfWallet verb) {
        EvmAddress wallet = model.account().address();
        if (wallet != null) {
            transaction.start(
                    new Purpose(
                            texts.of(key + ".title"), texts.of(key), texts.of(key + ".next"), null),
                    talk -> verb.run(wallet, talk),
                    _ -> lookAtChain());
        }
    }

    void toWallet() {
        context.navigator().go(Destination.WALLET);
    }

    /** Countries that can be named, by their codes. */
    static List<String> countries() {
        return List.of(Locale.getISOCountries());
    }

    private <T> void ask(String name, Work.Job<T> job, Consumer<T> done) {
        model.busy().set(true);
        Work.Running _ =
                context.work()
                        .start(
                                name,
                                job,
                                answer -> {
                                    model.busy().set(false);
                                    done.accept(answer);
                                },
                                this::failed);
    }

    private void failed(Failure failure) {
        model.busy().set(false);
        model.failure().set(failure);
    }
}
