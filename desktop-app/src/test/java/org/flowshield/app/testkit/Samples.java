package org.flowshield.app.testkit;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.MalformedHexException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.TunnelStatus;
import org.flowshield.node.api.market.FoundProvider;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.market.ProviderSource;
import org.flowshield.node.api.market.ProviderState;
import org.flowshield.node.api.payment.Authorisation;
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.Quote;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.api.payment.Spending;
import org.flowshield.node.api.payment.SpendingCaps;
import org.jspecify.annotations.Nullable;

/** What a daemon says in tests of screens; all of it at {@link Contexts#NOW}. */
public final class Samples {

    public static final EvmAddress WALLET = address(1);

    /** In the market of {@link #market}, and of whom {@link #connected} is. */
    public static final String DUTCH = peer(1);

    private Samples() {}

    public static TokenAmount flow(String decimal) {
        try {
            return TokenAmount.parse(decimal);
        } catch (MalformedAmountException e) {
            throw new AssertionError(e);
        }
    }

    public static EvmAddress address(int number) {
        try {
            return EvmAddress.parse(String.format(Locale.ROOT, "0x%040x", number));
        } catch (MalformedAddressException e) {
            throw new AssertionError(e);
        }
    }

    /** Looks like a peer id of an Ed25519 key. */
    public static String peer(int number) {
        String letters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        StringBuilder id = new StringBuilder("12D3KooW");
        long state = number * 2_654_435_761L + 12_345;
        for (int i = 0; i < 44; i++) {
            state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            id.append(letters.charAt((int) ((state >>> 33) % letters.length())));
        }
        return id.toString();
    }

    public static String multiaddr(String peerId) {
        return "/ip4/203.0.113.7/tcp/4001/p2p/" + peerId;
    }

    public static Spending spending(String session) {
        SpendingCaps caps = new SpendingCaps(flow("5"), flow("20"), flow("100"));
        return new Spending(
                caps,
                flow(session),
                flow(session),
                flow(session),
                Contexts.NOW.plus(Duration.ofHours(11)),
                Contexts.NOW.plus(Duration.ofDays(30)));
    }

    /** A wallet that has authorised the node, with that in its purse. */
    public static PaymentStatus payment(String purse) {
        return payment(
                WALLET,
                flow(purse),
                new Authorisation(
                        flow("50"), flow("10"), Contexts.NOW.plus(Duration.ofDays(30)), flow("2")));
    }

    public static PaymentStatus payment(
            @Nullable EvmAddress wallet,
            @Nullable TokenAmount purse,
            @Nullable Authorisation authorisation) {
        return new PaymentStatus(
                new NetworkStatus(
                        "demo",
                        31_337,
                        "ETH",
                        NetworkStatus.Rpc.REACHABLE,
                        1_200L,
                        Contexts.NOW,
                        NetworkStatus.Identities.RPC),
                address(7),
                address(8),
                new Wei(BigInteger.TEN.pow(17)),
                wallet,
                purse,
                authorisation,
                spending("0"),
                flow("1"),
                TokenAmount.ZERO,
                TokenAmount.ZERO,
                null);
    }

    /** The same while the chain does not answer. */
    public static PaymentStatus withoutChain(String purse) {
        PaymentStatus up = payment(purse);
        NetworkStatus network = Objects.requireNonNull(up.network());
        return new PaymentStatus(
                new NetworkStatus(
                        network.name(),
                        network.chainId(),
                        network.gasSymbol(),
                        NetworkStatus.Rpc.UNREACHABLE,
                        network.block(),
                        network.asOf(),
                        network.identities()),
                up.signer(),
                up.operator(),
                up.operatorGas(),
                up.wallet(),
                up.purse(),
                up.authorisation(),
                up.spending(),
                up.paid(),
                up.earned(),
                up.settled(),
                null);
    }

    public static NodeStatus node(@Nullable ClientStatus client, PaymentStatus payment) {
        return new NodeStatus(
                "0.1.0",
                peer(99),
                Contexts.NOW.minus(Duration.ofHours(3)),
                List.of(),
                client,
                null,
                null,
                payment,
                List.of());
    }

    /** A client in a state without a session. */
    public static ClientStatus client(
            ClientState state,
            @Nullable String provider,
            @Nullable Problem problem,
            FailedProvider... failed) {
        return new ClientStatus(
                state,
                Contexts.NOW.minusSeconds(3),
                provider,
                null,
                problem == null ? 0 : 1,
                null,
                problem,
                Traffic.NONE,
                null,
                List.of(failed));
    }

    /** A paid session through {@link #DUTCH}. */
    public static ClientStatus connected(Traffic traffic) {
        return new ClientStatus(
                ClientState.CONNECTED,
                Contexts.NOW.minusSeconds(3_849),
                multiaddr(DUTCH),
                new TunnelStatus(
                        "flow0", "10.77.0.2", "fd77::2", List.of("10.77.0.1"), 1_420, 1, true),
                0,
                null,
                null,
                traffic,
                new SessionPayment(
                        flow("0.5"),
                        flow("0.6214"),
                        flow("4.3786"),
                        1_331_439_862,
                        1_331_000_000,
                        0,
                        4 << 20,
                        channel(),
                        flow("2"),
                        flow("1.3786"),
                        317,
                        null),
                List.of());
    }

    private static ChannelId channel() {
        try {
            return ChannelId.parse("0x" + "5a".repeat(32));
        } catch (MalformedHexException e) {
            throw new AssertionError(e);
        }
    }

    public static Quote quote(String peerId, @Nullable String price, String deposit) {
        return new Quote(
                multiaddr(peerId),
                peerId,
                price == null,
                price == null ? null : flow(price),
                price == null ? null : address(5),
                price == null ? null : flow("1"),
                flow(deposit),
                false,
                Contexts.NOW.plus(Duration.ofHours(1)),
                null,
                null);
    }

    /** A provider that is there, vouched for by a wallet. */
    public static FoundProvider provider(
            int number, @Nullable String country, String price, long megabits) {
        return new FoundProvider(
                peer(number),
                List.of(multiaddr(peer(number))),
                country,
                flow(price),
                megabits * 1_000_000,
                megabits * 400_000,
                Math.floorMod(number, 7),
                true,
                number % 3 == 0,
                address(1_000 + Math.floorMod(number, 100_000)),
                flow(Integer.toString(100 + 50 * Math.floorMod(number, 9))),
                Math.floorMod(number, 11) == 10 ? ProviderState.STALE : ProviderState.ONLINE,
                Contexts.NOW.minusSeconds(
                        Math.floorMod(number, 11) == 10 ? 95 : 4 + Math.floorMod(number, 20)),
                Contexts.NOW.plus(Duration.ofHours(1)),
                true,
                Math.max(0.05, 0.93 - 0.011 * Math.floorMod(number, 75)),
                List.of(
                        "online (+35)",
                        "23 % cheaper than the median (+14)",
                        "there 99 % of 26 h watched (+12)",
                        "stake at or above the median (+9)",
                        "says that 400 Mbit/s are free (+8)"),
                ProviderSource.DIRECTORY);
    }

    /** Some providers in some countries; the first is {@link #DUTCH}. */
    public static FoundProviders market() {
        String[] countries = {
            "NL", "DE", "US", "SG", "BR", "JP", "FR", "DE", "US", "ZA", "IN", "AU", "CA", "SE",
            "GB", "US", "NL", "KR", "CH", "US"
        };
        String[] prices = {"0.5", "0.42", "0.61", "0.8", "0.35", "0.75", "0.5", "0.55"};
        List<FoundProvider> providers = new ArrayList<>();
        for (int i = 0; i < countries.length; i++) {
            providers.add(
                    provider(i + 1, countries[i], prices[i % prices.length], 100L * (1 + i % 10)));
        }
        providers.add(provider(60, null, "0.3", 50));
        return found(providers);
    }

    public static FoundProviders found(List<FoundProvider> providers) {
        return new FoundProviders(providers, List.of(), 3, Contexts.NOW, null);
    }
}
