package org.flowshield.node.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.api.payment.Authorisation;
import org.flowshield.node.api.payment.ChannelClosing;
import org.flowshield.node.api.payment.ChannelOpening;
import org.flowshield.node.api.payment.ChannelStatus;
import org.flowshield.node.api.payment.Earnings;
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.Payments;
import org.flowshield.node.api.payment.Quote;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.api.payment.Settlement;
import org.flowshield.node.api.payment.Spending;
import org.flowshield.node.api.payment.SpendingCaps;
import org.flowshield.node.treasury.NoTreasury;
import org.jspecify.annotations.Nullable;

/** What a {@link MemoryNode} does with money: it remembers. Safe for use by any thread. */
public final class MemoryPayments implements Payments {

    public static final ChannelId CHANNEL = channel(0x11);
    public static final EvmAddress WALLET = address("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    public static final EvmAddress PAYEE = address("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC");

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Refusing refusing;
    private final Map<ChannelId, ChannelStatus> channels = new ConcurrentHashMap<>();
    private volatile PaymentStatus status = PaymentStatus.none(null);
    private volatile Quote quote = free();
    private volatile Spending spending =
            new Spending(
                    new SpendingCaps(flow("1"), flow("5"), flow("50")),
                    flow("0.02"),
                    flow("0.4"),
                    flow("3"),
                    Instant.parse("2026-01-03T00:00:00Z"),
                    Instant.parse("2026-02-01T00:00:00Z"));

    /** Throws what the node is to refuse with. */
    interface Refusing {
        void refuse() throws RefusedException;
    }

    MemoryPayments(Refusing refusing) {
        this.refusing = refusing;
        channels.put(CHANNEL, channel(CHANNEL, "1"));
    }

    // ------------------------------------------------------------ what a test does

    /** From now on the node can pay. */
    public void configure() {
        status = configured();
    }

    /** From now on providers ask for so much per GiB. */
    public void price(String price, boolean withinMaxPrice) {
        quote =
                new Quote(
                        MemoryNode.PROVIDER,
                        "12D3KooWQnwEGNqcM2nAcPtRR9rAX8Hrg4k9kJLCHoTR5chJfz6d",
                        false,
                        flow(price),
                        PAYEE,
                        flow("0.1"),
                        flow("1"),
                        withinMaxPrice,
                        NOW.plusSeconds(3600),
                        null,
                        null);
    }

    // ------------------------------------------------------------ values

    public static TokenAmount flow(String amount) {
        try {
            return TokenAmount.parse(amount);
        } catch (MalformedAmountException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static EvmAddress address(String text) {
        try {
            return EvmAddress.parse(text);
        } catch (MalformedAddressException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ChannelId channel(int first) {
        byte[] bytes = new byte[Bytes32.LENGTH];
        bytes[0] = (byte) first;
        return new ChannelId(new Bytes32(bytes));
    }

    private static TransactionHash transaction() {
        byte[] bytes = new byte[Bytes32.LENGTH];
        bytes[0] = (byte) 0xfe;
        return new TransactionHash(new Bytes32(bytes));
    }

    /** Of a session that is paid. */
    public static SessionPayment session() {
        return new SessionPayment(
                flow("0.25"),
                flow("0.012207031"),
                flow("0.9"),
                60_000_000,
                52_428_800,
                1_500,
                8_388_608,
                CHANNEL,
                flow("1"),
                flow("0.987792969"),
                17,
                null);
    }

    private static Quote free() {
        return new Quote(
                MemoryNode.PROVIDER,
                "12D3KooWQnwEGNqcM2nAcPtRR9rAX8Hrg4k9kJLCHoTR5chJfz6d",
                true,
                null,
                null,
                null,
                TokenAmount.ZERO,
                true,
                null,
                null,
                null);
    }

    private static ChannelStatus channel(ChannelId id, String deposit) {
        return new ChannelStatus(
                id,
                ChannelStatus.Side.PAYER,
                ChannelStatus.State.OPEN,
                WALLET,
                PAYEE,
                "12D3KooWQnwEGNqcM2nAcPtRR9rAX8Hrg4k9kJLCHoTR5chJfz6d",
                flow(deposit),
                flow("0.25"),
                flow("0.125"),
                flow(deposit).minus(flow("0.25")),
                null);
    }

    public PaymentStatus configured() {
        return new PaymentStatus(
                new NetworkStatus(
                        "demo",
                        31_337,
                        "ETH",
                        NetworkStatus.Rpc.REACHABLE,
                        1_234L,
                        NOW,
                        NetworkStatus.Identities.PROOFS),
                PAYEE,
                PAYEE,
                Wei.of(2_500_000_000_000_000L),
                WALLET,
                flow("4"),
                new Authorisation(flow("10"), flow("5"), NOW.plusSeconds(86_400), flow("2")),
                spending,
                flow("3"),
                flow("1.2"),
                flow("0.7"),
                null);
    }

    // ------------------------------------------------------------ the port

    @Override
    public PaymentStatus status() {
        return status;
    }

    @Override
    public Quote quote(String provider) throws RefusedException {
        refusing.refuse();
        return quote;
    }

    private void check() throws RefusedException {
        refusing.refuse();
        if (status.network() == null) {
            throw new RefusedException(RefusedException.Kind.REFUSED, NoTreasury.NOT_CONFIGURED);
        }
    }

    private ChannelStatus found(ChannelId id) throws RefusedException {
        check();
        @Nullable ChannelStatus found = channels.get(id);
        if (found == null) {
            throw new RefusedException(
                    RefusedException.Kind.INVALID,
                    new Problem("no_such_channel", "there is no such channel", "list them"));
        }
        return found;
    }

    @Override
    public List<ChannelStatus> channels() throws RefusedException {
        check();
        return new ArrayList<>(channels.values());
    }

    @Override
    public ChannelStatus open(ChannelOpening opening) throws RefusedException {
        check();
        ChannelStatus opened = channel(channel(0x22), opening.amount().decimal());
        channels.put(opened.id(), opened);
        return opened;
    }

    @Override
    public ChannelStatus topUp(ChannelId channel, TokenAmount amount) throws RefusedException {
        ChannelStatus before = found(channel);
        ChannelStatus topped = channel(channel, before.deposit().plus(amount).decimal());
        channels.put(channel, topped);
        return topped;
    }

    @Override
    public ChannelClosing close(ChannelId channel) throws RefusedException {
        ChannelStatus before = found(channel);
        channels.remove(channel);
        return new ChannelClosing(before, true, before.left(), null, transaction(), null);
    }

    @Override
    public Earnings earnings(int days) throws RefusedException {
        check();
        List<Earnings.Day> all =
                List.of(
                        new Earnings.Day(
                                LocalDate.parse("2026-01-02"),
                                flow("1"),
                                flow("0.7"),
                                4_294_967_296L,
                                12),
                        new Earnings.Day(
                                LocalDate.parse("2026-01-01"),
                                flow("0.2"),
                                TokenAmount.ZERO,
                                858_993_459L,
                                1));
        return new Earnings(
                all.subList(0, Math.min(days, all.size())),
                flow("1.2"),
                flow("0.7"),
                flow("0.5"),
                null);
    }

    @Override
    public List<Settlement> settle() throws RefusedException {
        check();
        return List.of(
                new Settlement(
                        CHANNEL, flow("0.125"), transaction(), Settlement.State.SETTLED, null));
    }

    @Override
    public Spending spending() throws RefusedException {
        check();
        return spending;
    }

    @Override
    public Spending cap(SpendingCaps caps) throws RefusedException {
        check();
        Spending before = spending;
        spending =
                new Spending(
                        caps,
                        before.session(),
                        before.day(),
                        before.month(),
                        before.dayEnds(),
                        before.monthEnds());
        return spending;
    }

    @Override
    public PaymentStatus payFrom(EvmAddress wallet) throws RefusedException {
        check();
        return status;
    }
}
