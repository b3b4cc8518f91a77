package org.flowshield.node.standby;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.MemoryNode;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.payment.CreditWindow;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.Service;
import org.flowshield.node.payment.wire.SignedOffer;
import org.flowshield.node.role.Candidates;
import org.flowshield.node.role.Candidates.Candidate;
import org.flowshield.node.role.Funding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class StandbysTest {

    private static final Multiaddr ONE = address(1);
    private static final Multiaddr TWO = address(2);
    private static final Multiaddr THREE = address(3);
    private static final Multiaddr DEAR = address(4);
    private static final Multiaddr FREE = address(5);
    private static final Multiaddr AWAY = address(6);

    private final PrivateKey key = PrivateKey.generate(new SecureRandom());
    private final Map<Multiaddr, Optional<SignedOffer>> offers = new HashMap<>();
    private final Set<EvmAddress> ready = ConcurrentHashMap.newKeySet();
    private final Set<Multiaddr> inside = new HashSet<>();
    private final LinkedBlockingQueue<Multiaddr> opened = new LinkedBlockingQueue<>();
    private final Map<Multiaddr, String> refusals = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<Multiaddr> refused = new LinkedBlockingQueue<>();
    private final AtomicLong skipped = new AtomicLong();
    private volatile Optional<ClientStatus> status = Optional.empty();
    private final Standbys standbys =
            new Standbys(
                    Funding.NONE,
                    new TestAccounts(),
                    new Standbys.Settings(1, MemoryPayments.flow("10")),
                    () -> System.nanoTime() + skipped.get());

    StandbysTest() {
        offers.put(ONE, offer(1, "0.5"));
        offers.put(TWO, offer(2, "0.6"));
        offers.put(THREE, offer(3, "0.4"));
        offers.put(DEAR, offer(4, "9"));
        offers.put(FREE, Optional.empty());
        ready.add(payee(1));
    }

    @AfterEach
    void end() {
        standbys.close();
        key.close();
    }

    @Test
    void the_cheapest_other_gets_a_channel_and_those_with_one_are_gone_to_first() throws Exception {
        Candidates candidates =
                standbys.candidates(
                        List.of(ONE, AWAY, TWO, THREE, DEAR, FREE),
                        Optional.of(MemoryPayments.flow("1")));
        assertThat(candidates.ranked())
                .extracting(Candidate::address)
                .containsExactly(ONE, AWAY, TWO, THREE, DEAR, FREE);
        standbys.start(() -> status);
        status =
                Optional.of(
                        MemoryNode.connected(
                                new ConnectRequest(ONE.toString(), 1, MemoryPayments.flow("1"))));
        standbys.look();
        assertThat(opened.poll(30, TimeUnit.SECONDS)).isEqualTo(THREE);
        List<Candidate> expected =
                List.of(
                        new Candidate(FREE, true),
                        new Candidate(THREE, true),
                        new Candidate(ONE, true),
                        new Candidate(TWO, false),
                        new Candidate(AWAY, false));
        while (!candidates.ranked().equals(expected)) {
            Thread.onSpinWait(); // until the step that opened is over; the test has a bound
        }
        assertThat(inside).containsExactlyInAnyOrder(TWO, THREE, DEAR, FREE);
        assertThat(opened).isEmpty();
    }

    @Test
    void without_a_price_that_somebody_agreed_to_nothing_is_locked() throws Exception {
        Candidates candidates = standbys.candidates(List.of(ONE, TWO, FREE), Optional.empty());
        standbys.start(() -> status);
        status = Optional.of(MemoryNode.connected(new ConnectRequest(FREE.toString(), 1)));
        standbys.look();
        while (!candidates.ranked().equals(List.of(new Candidate(FREE, true)))) {
            Thread.onSpinWait();
        }
        assertThat(opened).isEmpty();
    }

    private Candidates connectedToOne(Multiaddr... providers) {
        Candidates candidates =
                standbys.candidates(List.of(providers), Optional.of(MemoryPayments.flow("1")));
        standbys.start(() -> status);
        status =
                Optional.of(
                        MemoryNode.connected(
                                new ConnectRequest(ONE.toString(), 1, MemoryPayments.flow("1"))));
        standbys.look();
        return candidates;
    }

    @Test
    void one_of_the_market_that_says_it_is_free_now_is_not_gone_over_to() {
        refusals.put(FREE, "not_as_listed");
        Candidates candidates = connectedToOne(ONE, FREE, AWAY);
        List<Candidate> expected = List.of(new Candidate(ONE, true), new Candidate(AWAY, false));
        while (!candidates.ranked().equals(expected)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void who_was_found_out_since_it_answered_gets_no_channel() throws Exception {
        Candidates candidates = connectedToOne(ONE, TWO, THREE);
        assertThat(opened.poll(30, TimeUnit.SECONDS)).isEqualTo(THREE);
        refusals.put(THREE, "identity_refused");
        skipped.addAndGet(Duration.ofSeconds(31).toNanos());
        ready.remove(payee(3)); // the channel to it is used up
        standbys.look();
        List<Candidate> expected = List.of(new Candidate(ONE, true), new Candidate(TWO, false));
        while (!candidates.ranked().equals(expected)) {
            Thread.onSpinWait();
        }
        standbys.look();
        assertThat(opened.poll(30, TimeUnit.SECONDS)).as("and not the third").isEqualTo(TWO);
    }

    @Test
    void nothing_is_locked_while_nobody_can_say_who_a_provider_is() throws Exception {
        Candidates candidates = connectedToOne(ONE, TWO, THREE);
        assertThat(opened.poll(30, TimeUnit.SECONDS)).isEqualTo(THREE);
        refusals.put(THREE, "identity_unchecked");
        skipped.addAndGet(Duration.ofSeconds(31).toNanos());
        ready.remove(payee(3));
        standbys.look();
        assertThat(refused.poll(30, TimeUnit.SECONDS)).as("it is asked again").isEqualTo(THREE);
        List<Candidate> expected =
                List.of(
                        new Candidate(ONE, true),
                        new Candidate(THREE, false),
                        new Candidate(TWO, false));
        while (!candidates.ranked().equals(expected)) {
            Thread.onSpinWait(); // it may be honest: it keeps its place
        }
        assertThat(opened).isEmpty();
    }

    private final class TestAccounts implements Accounts {

        @Override
        public Told ask(Multiaddr provider, boolean inUse) throws RefusedException {
            String code = refusals.get(provider);
            if (code != null) {
                refused.add(provider);
                throw new RefusedException(
                        RefusedException.Kind.FAILED, new Problem(code, "it is not", "none"));
            }
            Optional<SignedOffer> offer = offers.get(provider);
            if (offer == null) {
                throw new RefusedException(
                        RefusedException.Kind.FAILED,
                        new Problem("unreachable", "it is away", "wait"));
            }
            if (!inUse) {
                inside.add(provider);
            }
            return new Told(PeerId.of(key.publicKey()), offer);
        }

        @Override
        public boolean isReady(Offer offer) {
            return ready.contains(offer.payee());
        }

        @Override
        public void open(SignedOffer offer, PeerId provider, Multiaddr address) {
            ready.add(offer.offer().payee());
            opened.add(address);
        }
    }

    private Optional<SignedOffer> offer(int number, String price) {
        return Optional.of(
                SignedOffer.sign(
                        new Offer(
                                new Bytes32(key.publicKey().data()),
                                payee(number),
                                new ChannelDomain(new ChainId(31337), payee(99)),
                                new Price(MemoryPayments.flow(price)),
                                CreditWindow.FIRST,
                                CreditWindow.MOST,
                                MemoryPayments.flow("1"),
                                Instant.parse("2099-01-01T00:00:00Z"),
                                1,
                                Service.UNSAID),
                        key));
    }

    private static EvmAddress payee(int number) {
        byte[] bytes = new byte[EvmAddress.LENGTH];
        bytes[0] = (byte) number;
        return new EvmAddress(bytes);
    }

    private static Multiaddr address(int number) {
        try {
            return Multiaddr.parse("/ip4/203.0.113." + number + "/tcp/4001");
        } catch (org.flowshield.libp2p.multiaddr.MalformedMultiaddrException e) {
            throw new AssertionError(e);
        }
    }
}
