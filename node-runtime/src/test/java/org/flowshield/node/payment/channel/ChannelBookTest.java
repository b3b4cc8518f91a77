package org.flowshield.node.payment.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.ledger.Acceptance;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.Opening;
import org.flowshield.node.ledger.Reservation;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.ledger.SpendingDecision;
import org.flowshield.node.ledger.sqlite.SqliteLedger;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.Paid;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.session.FakeChain;
import org.flowshield.node.payment.wire.SignedOffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client's channels over a chain in memory and a ledger on the disk. */
final class ChannelBookTest {

    private static final TokenAmount DEPOSIT = Parties.flow("2");
    private static final TokenAmount ASKED = Parties.flow("0.5");

    @TempDir private Path folder;
    private final SecureRandom random = new SecureRandom();
    private final PrivateKey provider = PrivateKey.generate(random);
    private final SessionSigner signer = new SessionSigner(Parties.key(1));
    private final FakeChain chain = new FakeChain();
    private Ledger ledger;

    @BeforeEach
    void open() throws Exception {
        ledger = ((Opening.Sound) SqliteLedger.open(folder, Clock.systemUTC())).ledger();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private ChannelBook book(TokenAmount most) {
        return new ChannelBook(
                new PayerSettings(Parties.address(1), DEPOSIT, most, TokenAmount.ZERO),
                signer,
                chain,
                ledger,
                random);
    }

    private SignedOffer offer(TokenAmount minDeposit) {
        Offer usual = Parties.OFFER;
        return SignedOffer.sign(
                new Offer(
                        new org.flowshield.contracts.evm.Bytes32(provider.publicKey().data()),
                        usual.payee(),
                        usual.channels(),
                        usual.price(),
                        usual.firstWindow(),
                        usual.maxWindow(),
                        minDeposit,
                        usual.validUntil(),
                        usual.sequence(),
                        usual.service()),
                provider);
    }

    private ChannelRecord channel(ChannelBook book) throws Exception {
        return book.channelTo(offer(ASKED), PeerId.of(provider.publicKey()));
    }

    /** Signs for so much through the channel, as a session does. */
    private void spend(ChannelRecord channel, TokenAmount cumulative) throws Exception {
        SessionId session =
                ledger.begin(channel.id(), Side.PAYER, Optional.empty(), Optional.empty());
        SpendingDecision decision = ledger.reserve(session, cumulative);
        assertThat(decision).isInstanceOf(SpendingDecision.Reserved.class);
        try (Reservation reservation = ((SpendingDecision.Reserved) decision).reservation()) {
            Acceptance _ =
                    ledger.record(
                            reservation,
                            SignedVoucher.sign(
                                    new Paid(cumulative, 1).voucher(channel.id()),
                                    Parties.DOMAIN,
                                    Parties.SIGNER));
        }
    }

    @Test
    void opens_one_channel_to_a_provider_and_uses_it_again() throws Exception {
        ChannelBook book = book(DEPOSIT);
        assertThat(book.toLock(offer(ASKED).offer())).isEqualTo(DEPOSIT);
        ChannelRecord first = channel(book);
        spend(first, Parties.flow("1.5"));

        assertThat(book.toLock(offer(ASKED).offer())).isEqualTo(TokenAmount.ZERO);
        assertThat(channel(book).id()).isEqualTo(first.id());
        assertThat(chain.openings()).isEqualTo(1);
        assertThat(chain.topUps()).isZero();
    }

    @Test
    void a_channel_with_less_left_than_a_session_needs_is_topped_up_to_what_a_new_one_holds()
            throws Exception {
        ChannelBook book = book(DEPOSIT);
        ChannelRecord first = channel(book);
        spend(first, Parties.flow("1.75"));
        assertThat(book.toLock(offer(ASKED).offer())).isEqualTo(Parties.flow("1.75"));
        ChannelRecord filled = channel(book);

        assertThat(filled.id()).isEqualTo(first.id());
        assertThat(filled.deposit()).isEqualTo(Parties.flow("3.75"));
        assertThat(book.left(filled)).isEqualTo(DEPOSIT);
        assertThat(chain.openings()).isEqualTo(1);
        assertThat(chain.topUps()).isEqualTo(1);
    }

    @Test
    void a_channel_that_is_used_up_is_topped_up_again_and_again() throws Exception {
        ChannelBook book = book(DEPOSIT);
        for (int i = 1; i <= 3; i++) {
            ChannelRecord channel = channel(book);
            assertThat(book.left(channel)).isEqualTo(DEPOSIT);
            spend(channel, channel.deposit());
            assertThat(book.left(channel)).isEqualTo(TokenAmount.ZERO);
        }

        assertThat(chain.openings()).isEqualTo(1);
        assertThat(chain.topUps()).isEqualTo(2);
    }

    @Test
    void what_is_left_is_used_where_nothing_more_may_be_locked() throws Exception {
        ChannelBook book = book(DEPOSIT);
        ChannelRecord first = channel(book);
        spend(first, Parties.flow("1.75"));
        chain.refusing(true);

        assertThat(channel(book).deposit()).isEqualTo(DEPOSIT);
        spend(first, DEPOSIT);
        assertThatExceptionOfType(ChainException.class)
                .isThrownBy(() -> channel(book))
                .withMessageContaining("allows no more");
        assertThat(chain.openings()).isEqualTo(1);
    }

    @Test
    void a_provider_that_asks_for_more_than_may_be_locked_does_not_get_it() throws Exception {
        ChannelBook book = book(DEPOSIT);
        ChannelRecord _ = channel(book);

        assertThatExceptionOfType(ChainException.class)
                .isThrownBy(
                        () ->
                                book.channelTo(
                                        offer(Parties.flow("3")), PeerId.of(provider.publicKey())))
                .withMessageContaining("the limit is 2 FLOW");
        assertThat(chain.topUps()).isZero();
    }
}
