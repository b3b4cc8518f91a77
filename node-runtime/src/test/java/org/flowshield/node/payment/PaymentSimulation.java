package org.flowshield.node.payment;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.node.payment.wire.PaymentMessage;
import org.flowshield.node.payment.wire.PaymentMessage.Pay;
import org.flowshield.node.tunnel.credit.CreditGate;
import org.flowshield.node.tunnel.credit.PaidMeter.Metered;
import org.jspecify.annotations.Nullable;

/**
 * A paid session in simulated time: both machines, both gates of the packet path, two lanes' worth
 * of bytes under way in each direction, a payment stream, a chain and two ledgers. One of the sides
 * may cheat. Everything follows from the seed.
 */
final class PaymentSimulation {

    /** What one side does to its messages and to its traffic. */
    interface Cheat {

        /** What leaves instead of an honest message. */
        List<PaymentMessage> instead(PaymentMessage honest, Random random);

        /** Said without any reason, now and then; null is nothing. */
        default @Nullable PaymentMessage outOfTheBlue(Random random) {
            return null;
        }

        /** Whether traffic is held as the machine says. */
        default boolean keepsToItsGate() {
            return true;
        }

        /** Whether it still carries traffic after so much time. */
        default boolean carries(long now) {
            return true;
        }

        /** Bytes that a provider throws in with each packet. */
        default int junk(Random random) {
            return 0;
        }
    }

    private record Timed(long at, long order, Runnable what) implements Comparable<Timed> {
        @Override
        public int compareTo(Timed other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    /** A packet under way, and whether somebody had asked for it. */
    private record Packet(int size, boolean asked) {}

    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final int LARGEST = 65_535;
    private static final int SMALLEST = 1000;

    /** What sockets on both ends and the way between them hold. */
    private static final long UNDER_WAY = 6L << 20;

    final Random random;
    final long seed;
    private final PriorityQueue<Timed> events = new PriorityQueue<>();
    private long order;
    long now;

    // What varies.
    private final long latency;
    private final long nanosPerKib;
    private final boolean largePackets;
    private final @Nullable Cheat payerCheat;
    private final @Nullable Cheat payeeCheat;
    private final PayerTerms terms;
    private final TokenAmount[] chainDeposit;
    private TokenAmount confirmedDeposit;
    private final Duration confirmAfter;
    private TokenAmount allowance;

    // What both want to transfer.
    private long wantUp;
    private long wantDown;

    final CreditGate payerGate = new CreditGate(0);
    final CreditGate payeeGate = new CreditGate(0);
    private PayerSession.State payer;
    private PayeeSession.State payee;
    private final Deque<Packet> up = new ArrayDeque<>();
    private final Deque<Packet> down = new ArrayDeque<>();
    private final Deque<Packet> arrivedUp = new ArrayDeque<>();
    private final Deque<Packet> arrivedDown = new ArrayDeque<>();
    private long underWayUp;
    private long underWayDown;
    private long payerStreamFree;
    private long payeeStreamFree;

    /** What the client's ledger holds, what the provider's does. */
    final List<SignedVoucher> signed = new ArrayList<>();

    final List<SignedVoucher> kept = new ArrayList<>();
    private long signedBytes;
    private long keptBytes;

    PaymentEnd payerEnd = PaymentEnd.UNSPECIFIED;
    PaymentEnd payeeEnd = PaymentEnd.UNSPECIFIED;
    String payerDetail = "";
    String payeeDetail = "";

    /** The most that either side stood to lose at any time, in bytes. */
    long payeeRisk;

    long payerRisk;
    long largestWindow = CreditWindow.FIRST;

    record Scenario(
            long up,
            long down,
            TokenAmount deposit,
            TokenAmount refill,
            TokenAmount allowance,
            boolean confirmed,
            long maxWindow,
            @Nullable Cheat payer,
            @Nullable Cheat payee) {}

    PaymentSimulation(long seed, Scenario scenario) {
        this.seed = seed;
        random = new Random(seed);
        latency = (1L + random.nextInt(1 << random.nextInt(8))) * MILLI / 2;
        nanosPerKib = 500L + random.nextInt(1 << (8 + random.nextInt(10)));
        largePackets = random.nextBoolean();
        payerCheat = scenario.payer();
        payeeCheat = scenario.payee();
        terms =
                new PayerTerms(
                        Parties.offer(scenario.maxWindow()), Parties.CHANNEL, scenario.refill());
        chainDeposit = new TokenAmount[] {scenario.deposit()};
        confirmAfter = Duration.ofSeconds(1 + random.nextInt(20));
        confirmedDeposit = scenario.confirmed() ? scenario.deposit() : TokenAmount.ZERO;
        allowance = scenario.allowance();
        wantUp = scenario.up();
        wantDown = scenario.down();
        payee =
                PayeeSession.start(
                        new PayeeSession.PayeeTerms(terms.offer(), Parties.OFFER_HASH),
                        Parties.TOKEN,
                        now);
        PayerSession.Transition start =
                PayerSession.start(
                        Parties.begin(),
                        terms,
                        Paid.NOTHING,
                        scenario.deposit(),
                        new Allowance(allowance, "the limit"),
                        now);
        payer = start.state();
        payerGate.onBlocked(() -> after(0, () -> payer(new PayerSession.Look())));
        payeeGate.onBlocked(() -> after(0, () -> payee(new PayeeSession.Look())));
        start.effects().forEach(this::apply);
        if (!scenario.confirmed()) {
            after(confirmAfter.toNanos(), () -> confirmedDeposit = chainDeposit[0]);
        }
        every(250 * MILLI, () -> payer(new PayerSession.Look()));
        every(1000 * MILLI, () -> payee(new PayeeSession.Look()));
        every(
                (20 + random.nextInt(300)) * MILLI,
                () -> {
                    blue(payerCheat, true);
                    blue(payeeCheat, false);
                });
        after(0, this::sendUp);
        after(0, this::sendDown);
    }

    private void blue(@Nullable Cheat cheat, boolean byPayer) {
        PaymentMessage said = cheat == null ? null : cheat.outOfTheBlue(random);
        if (said != null) {
            deliver(said, byPayer);
        }
    }

    private void after(long nanos, Runnable what) {
        events.add(new Timed(now + nanos, order++, what));
    }

    private void every(long nanos, Runnable what) {
        after(
                nanos,
                () -> {
                    what.run();
                    every(nanos, what);
                });
    }

    /** Runs until this moment. */
    void run(Duration until) {
        while (!events.isEmpty() && requireNonNull(events.peek()).at() <= until.toNanos()) {
            step();
        }
    }

    private void step() {
        Timed next = requireNonNull(events.poll());
        now = next.at();
        next.what().run();
        look();
    }

    /** Runs until all is transferred, or the session is over, or so much time has gone by. */
    void runToTheEnd(Duration most) {
        while (now < most.toNanos() && !isOver() && !isCarried()) {
            step();
        }
    }

    boolean isOver() {
        return payer instanceof PayerSession.Ended || payee instanceof PayeeSession.Ended;
    }

    boolean isCarried() {
        return wantUp == 0
                && wantDown == 0
                && up.isEmpty()
                && down.isEmpty()
                && arrivedUp.isEmpty()
                && arrivedDown.isEmpty();
    }

    // ---- who loses what ----

    /**
     * Bytes that the vouchers in the provider's ledger pay for, as far as the deposit covers them.
     */
    long keptBytes() {
        return keptBytes;
    }

    /** Bytes that the vouchers pay for which the client let out of its hands. */
    long signedBytes() {
        return signedBytes;
    }

    private void keep(SignedVoucher voucher) {
        kept.add(voucher);
        keptBytes = Math.max(keptBytes, bytes(voucher));
    }

    private long bytes(SignedVoucher voucher) {
        return Parties.PRICE.bytesFor(voucher.voucher().cumulative().min(chainDeposit[0]));
    }

    private void look() {
        if (payee instanceof PayeeSession.Serving(PayeeSession.Account account)) {
            largestWindow = Math.max(largestWindow, account.window().bytes());
        }
        if (payer instanceof PayerSession.Paying(PayerSession.Account account)) {
            largestWindow = Math.max(largestWindow, account.window().bytes());
        }
        payeeRisk = Math.max(payeeRisk, payeeGate.metered().billable() - keptBytes());
        // What reached the client, and what reached the internet from it, is what it pays for.
        long served = payerGate.metered().received() + payeeGate.metered().received();
        payerRisk = Math.max(payerRisk, signedBytes() - served);
    }

    // ---- packets ----

    private int size(long want) {
        int most = largePackets ? LARGEST : 1500;
        return (int) Math.max(1, Math.min(want, SMALLEST + random.nextInt(most - SMALLEST + 1)));
    }

    private long time(int size) {
        return 1 + nanosPerKib * size / 1024;
    }

    private void sendUp() {
        boolean carries = payerCheat == null || payerCheat.carries(now);
        if (wantUp == 0 || !carries || payer instanceof PayerSession.Ended) {
            return;
        }
        int size = size(wantUp);
        boolean free = payerCheat != null && !payerCheat.keepsToItsGate();
        if (underWayUp > UNDER_WAY || !(free || payerGate.takeOne(size))) {
            after(5 * MILLI, this::sendUp);
            return;
        }
        payerGate.sent(size);
        wantUp -= size;
        underWayUp += size;
        Packet packet = new Packet(size, true);
        up.add(packet);
        after(
                latency + time(size),
                () -> {
                    arrivedUp.add(requireNonNull(up.poll()));
                    takeUp();
                });
        after(time(size), this::sendUp);
    }

    private void takeUp() {
        boolean carries = payeeCheat == null || payeeCheat.carries(now);
        while (carries && !arrivedUp.isEmpty() && !(payee instanceof PayeeSession.Ended)) {
            int size = requireNonNull(arrivedUp.peek()).size();
            if (!payeeGate.takeOne(size)) {
                after(5 * MILLI, this::takeUp);
                return;
            }
            arrivedUp.poll();
            payeeGate.received(size);
            underWayUp -= size;
        }
    }

    private void sendDown() {
        boolean carries = payeeCheat == null || payeeCheat.carries(now);
        if (wantDown == 0 || !carries || payee instanceof PayeeSession.Ended) {
            return;
        }
        int size = size(wantDown);
        if (underWayDown > UNDER_WAY || !payeeGate.takeOne(size)) {
            after(5 * MILLI, this::sendDown);
            return;
        }
        payeeGate.sent(size);
        wantDown -= size;
        putDown(new Packet(size, true));
        int junk = payeeCheat == null ? 0 : payeeCheat.junk(random);
        if (junk > 0) {
            payeeGate.sent(junk); // it would like to be paid for it
            putDown(new Packet(junk, false));
        }
        after(time(size), this::sendDown);
    }

    private void putDown(Packet packet) {
        underWayDown += packet.size();
        down.add(packet);
        after(
                latency + time(packet.size()),
                () -> {
                    arrivedDown.add(requireNonNull(down.poll()));
                    takeDown();
                });
    }

    private void takeDown() {
        while (!arrivedDown.isEmpty() && !(payer instanceof PayerSession.Ended)) {
            Packet packet = requireNonNull(arrivedDown.peek());
            boolean free = payerCheat != null && !payerCheat.keepsToItsGate();
            if (packet.asked() && !(free || payerGate.takeOne(packet.size()))) {
                after(5 * MILLI, this::takeDown);
                return;
            }
            arrivedDown.poll();
            underWayDown -= packet.size();
            if (packet.asked()) {
                payerGate.received(packet.size());
            } else {
                payerGate.unsolicited(packet.size());
            }
        }
    }

    // ---- messages ----

    private void send(PaymentMessage message, boolean byPayer) {
        Cheat cheat = byPayer ? payerCheat : payeeCheat;
        List<PaymentMessage> all =
                cheat == null ? List.of(message) : cheat.instead(message, random);
        all.forEach(each -> deliver(each, byPayer));
    }

    private void deliver(PaymentMessage message, boolean byPayer) {
        if (byPayer && message instanceof Pay(SignedVoucher voucher, Metered _)) {
            signed.add(voucher);
            signedBytes = Math.max(signedBytes, bytes(voucher));
        }
        deliver(
                byPayer,
                byPayer
                        ? () -> payee(new PayeeSession.Received(message))
                        : () -> payer(new PayerSession.Received(message)));
    }

    /** In order. */
    private void deliver(boolean byPayer, Runnable what) {
        long free = byPayer ? payerStreamFree : payeeStreamFree;
        long at = Math.max(free, now + latency + random.nextInt(3) * MILLI);
        if (byPayer) {
            payerStreamFree = at;
        } else {
            payeeStreamFree = at;
        }
        after(at - now, what);
    }

    // ---- the client ----

    private void payer(PayerSession.Event event) {
        PayerSession.Transition transition =
                PayerSession.next(
                        payer, event, new Moment(now, payerGate.metered(), payerGate.blocked()));
        payer = transition.state();
        transition.effects().forEach(this::apply);
    }

    private void apply(PayerSession.Effect effect) {
        switch (effect) {
            case PayerSession.Send(PaymentMessage message) -> send(message, true);
            case PayerSession.Adopt(SignedVoucher voucher) -> signed.add(voucher);
            case PayerSession.Sign(Voucher voucher, Metered counted) -> sign(voucher, counted);
            case PayerSession.Allow(long until, long watch) -> {
                payerGate.allow(until);
                payerGate.watch(watch, () -> after(0, () -> payer(new PayerSession.Look())));
            }
            case PayerSession.Refill(TokenAmount amount) -> {
                Duration mined = Duration.ofSeconds(1 + random.nextInt(10));
                after(
                        mined.toNanos(),
                        () -> {
                            chainDeposit[0] = chainDeposit[0].plus(amount);
                            after(confirmAfter.toNanos(), () -> confirmedDeposit = chainDeposit[0]);
                            payer(new PayerSession.Refilled(chainDeposit[0]));
                        });
            }
            case PayerSession.End(PaymentEnd reason, String detail) -> {
                payerEnd = reason;
                payerDetail = detail;
                payerGate.close();
                if (payerCheat == null) {
                    // What is under way is lost with the lanes.
                    deliver(true, () -> payee(new PayeeSession.Lost("the client ended")));
                }
            }
        }
    }

    private void sign(Voucher voucher, Metered counted) {
        TokenAmount before =
                signed.isEmpty() ? TokenAmount.ZERO : signed.getLast().voucher().cumulative();
        boolean honest = payerCheat == null;
        if (honest && !voucher.cumulative().isMoreThan(before)) {
            throw new AssertionError("an honest client signs upward only, " + this);
        }
        SignedVoucher made = SignedVoucher.sign(voucher, Parties.DOMAIN, Parties.SIGNER);
        if (honest) {
            allowance = allowance.minus(voucher.cumulative().minus(before));
        }
        send(new Pay(made, counted), true);
        payer(new PayerSession.Signed(voucher, new Allowance(allowance, "the limit")));
    }

    // ---- the provider ----

    private void payee(PayeeSession.Event event) {
        PayeeSession.Transition transition =
                PayeeSession.next(
                        payee, event, new Moment(now, payeeGate.metered(), payeeGate.blocked()));
        payee = transition.state();
        transition.effects().forEach(this::apply);
    }

    private void apply(PayeeSession.Effect effect) {
        switch (effect) {
            case PayeeSession.Send(PaymentMessage message) -> send(message, false);
            case PayeeSession.Check(_, Optional<SignedVoucher> last) -> {
                last.ifPresent(this::keep);
                after(
                        (1 + random.nextInt(50)) * MILLI,
                        () -> payee(new PayeeSession.Found(view(), last, 0)));
            }
            case PayeeSession.LookAt(_) ->
                    after(
                            (1 + random.nextInt(50)) * MILLI,
                            () ->
                                    payee(
                                            random.nextInt(10) == 0
                                                    ? new PayeeSession.NotSeen("no answer")
                                                    : new PayeeSession.Seen(view())));
            case PayeeSession.Keep(SignedVoucher voucher, Metered _) -> {
                keep(voucher);
                payee(new PayeeSession.Kept(voucher));
            }
            case PayeeSession.Allow(long until, long watch) -> {
                payeeGate.allow(until);
                payeeGate.watch(watch, () -> after(0, () -> payee(new PayeeSession.Look())));
            }
            case PayeeSession.AgreeToClose(_, TokenAmount amount) ->
                    send(
                            new PaymentMessage.Close(
                                    amount, Parties.PAYEE.sign(Parties.OFFER_HASH)),
                            false);
            case PayeeSession.End(PaymentEnd reason, String detail) -> {
                payeeEnd = reason;
                payeeDetail = detail;
                payeeGate.close();
                if (payeeCheat == null) {
                    deliver(false, () -> payer(new PayerSession.Lost("the provider ended")));
                }
            }
        }
    }

    private ChannelView view() {
        return new ChannelView(
                ChannelView.Status.OPEN, chainDeposit[0], confirmedDeposit, TokenAmount.ZERO);
    }

    PayerSession.State payer() {
        return payer;
    }

    PayeeSession.State payee() {
        return payee;
    }

    void want(long moreUp, long moreDown) {
        wantUp += moreUp;
        wantDown += moreDown;
        after(0, this::sendUp);
        after(0, this::sendDown);
    }

    @Override
    public String toString() {
        return """
        seed %d at %d ms: left up %d down %d, client %s (%s: %s), provider %s (%s: %s), \
        client counted %s, provider %s, signed %d, kept %d, latency %d us, %d ns/KiB, risks %d and %d of %d"""
                .formatted(
                        seed,
                        now / MILLI,
                        wantUp,
                        wantDown,
                        payer,
                        payerEnd,
                        payerDetail,
                        payee,
                        payeeEnd,
                        payeeDetail,
                        payerGate.metered(),
                        payeeGate.metered(),
                        signedBytes(),
                        keptBytes(),
                        latency / 1000,
                        nanosPerKib,
                        payerRisk,
                        payeeRisk,
                        largestWindow);
    }
}
