package org.flowshield.node.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedHexException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.exit.ExitPolicy;
import org.flowshield.node.identity.Identity;
import org.flowshield.node.identity.IdentityCertificate;
import org.flowshield.node.identity.IdentityVerifier;
import org.flowshield.node.identity.MalformedIdentityException;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.RefusedIdentityException;
import org.flowshield.node.identity.RevocationHint;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.identity.Standing;
import org.flowshield.node.identity.proofs.MalformedProofMessageException;
import org.flowshield.node.identity.proofs.ProofWire;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.Opening;
import org.flowshield.node.ledger.sqlite.SqliteLedger;
import org.flowshield.node.market.heartbeat.Heartbeat;
import org.flowshield.node.market.heartbeat.MalformedHeartbeatException;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;
import org.flowshield.node.market.listing.MalformedListingException;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.session.FakeChain;
import org.flowshield.node.payment.session.OfferBook;
import org.flowshield.node.payment.session.PayeeService;
import org.flowshield.node.payment.session.PayeeSettings;
import org.flowshield.node.payment.wire.MalformedPaymentException;
import org.flowshield.node.payment.wire.PaymentWire;
import org.flowshield.node.payment.wire.SignedOffer;
import org.flowshield.node.provider.Charge;
import org.flowshield.node.tunnel.control.ControlMessage.Hello;
import org.flowshield.node.tunnel.control.ControlMessage.Refused;
import org.flowshield.node.tunnel.control.MalformedControlException;
import org.flowshield.node.tunnel.control.TunnelControl;
import org.flowshield.tun.Offloads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was wrong with the original, each with its name. Those that need a chain or a machine stand
 * in {@link OriginalHolesAttackIT}, {@code ForbiddenDestinationAttackIT} and {@code
 * LyingFullnodeAttackIT}.
 */
final class OriginalHolesTest {

    private static final ChainId CHAIN = new ChainId(31337);
    private static final Instant NOW = Instant.parse("2027-01-31T12:00:00Z");

    @TempDir private Path folder = Path.of("");

    private final SecureRandom random = new SecureRandom();
    private final PrivateKey node = PrivateKey.generate(random);
    private final PrivateKey attacker = PrivateKey.generate(random);

    private static Heartbeat heartbeat(long sequence) {
        return new Heartbeat(Bytes32.ZERO, NOW, sequence, 0, 0);
    }

    private SignedOffer offer(PrivateKey key, EvmAddress payee, long sequence) {
        var book =
                new OfferBook(
                        PayeeSettings.of(payee, Parties.PRICE),
                        Parties.DOMAIN,
                        key,
                        Clock.fixed(NOW.plusMillis(sequence), ZoneOffset.UTC));
        return book.current();
    }

    private static Multiaddr at(String host) throws Exception {
        return Multiaddr.parse("/ip4/" + host + "/tcp/4001");
    }

    /** The original listed whoever said so in a message without a signature of the provider. */
    @Test
    void unsigned_heartbeats() {
        byte[] signed = SignedHeartbeat.sign(heartbeat(1), node).encoded();
        byte[] unsigned = signed.clone();
        Arrays.fill(unsigned, unsigned.length - 64, unsigned.length, (byte) 0);
        assertThatExceptionOfType(MalformedHeartbeatException.class)
                .isThrownBy(() -> SignedHeartbeat.open(unsigned));
    }

    /**
     * In the original a heartbeat named any wallet, and whoever it named was taken for its sender.
     */
    @Test
    void any_wallet_in_a_heartbeat() throws Exception {
        SignedHeartbeat beat =
                SignedHeartbeat.open(SignedHeartbeat.sign(heartbeat(1), attacker).encoded());
        assertThat(beat.node())
                .as("a heartbeat names nobody but who has signed it")
                .isEqualTo(NodeKey.of(attacker.publicKey()).orElseThrow());
        EvmAddress rich = Parties.address(7);
        byte[] shown = IdentityCertificate.issue(attacker, rich, CHAIN, random, NOW).encoded();
        NodeId real = new NodeId(rich, NodeKey.of(node.publicKey()).orElseThrow());
        IdentityVerifier verifier =
                new IdentityVerifier(
                        asked ->
                                asked.equals(real)
                                        ? new Standing.Bound(Roles.bits(Roles.PROVIDER), NOW)
                                        : new Standing.Unbound(),
                        CHAIN,
                        () -> NOW);
        assertThatExceptionOfType(RefusedIdentityException.class)
                .isThrownBy(
                        () -> {
                            Identity _ =
                                    verifier.verify(
                                            PeerId.of(attacker.publicKey()), shown, Roles.PROVIDER);
                        })
                .satisfies(
                        e ->
                                assertThat(e.reason())
                                        .isEqualTo(RefusedIdentityException.Reason.UNBOUND));
    }

    /** A message {@code {"type":"node"}} without content ended the original's process. */
    @Test
    void crash_by_an_empty_message() {
        for (byte[] message : List.of(new byte[0], new byte[1], new byte[] {10, 0})) {
            assertThatThrownBy(() -> SignedHeartbeat.open(message))
                    .isInstanceOf(MalformedHeartbeatException.class);
            assertThatThrownBy(() -> SignedListing.open(message))
                    .isInstanceOf(MalformedListingException.class);
            assertThatThrownBy(() -> SignedOffer.open(message))
                    .isInstanceOf(MalformedPaymentException.class);
            assertThatThrownBy(() -> PaymentWire.parse(message))
                    .isInstanceOf(MalformedPaymentException.class);
            assertThatThrownBy(() -> TunnelControl.parse(message))
                    .isInstanceOf(MalformedControlException.class);
            assertThatThrownBy(() -> ProofWire.parseQuery(message))
                    .isInstanceOf(MalformedProofMessageException.class);
            NodeKey key = NodeKey.of(node.publicKey()).orElseThrow();
            assertThatThrownBy(() -> IdentityCertificate.open(message, key, CHAIN, NOW))
                    .isInstanceOf(MalformedIdentityException.class);
            assertThat(RevocationHint.parse(message)).isEmpty();
        }
    }

    /** The original put the ids of orders into SQL as they came from the network. */
    @Test
    void injection_through_order_ids() {
        for (String id :
                List.of("' OR '1'='1", "0x'; DROP TABLE sessions; --", "0x" + "'".repeat(64))) {
            assertThatExceptionOfType(MalformedHexException.class)
                    .isThrownBy(() -> ChannelId.parse(id));
        }
        JavaClasses module =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.flowshield.node");
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackages("..ledger.sqlite..", "..fullnode..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.jdbi..")
                .because("an id from the network is a value before it comes near a database")
                .check(module);
    }

    /** In the original the last who spoke had the entry of a provider, with his own address. */
    @Test
    void listing_hijack() throws Exception {
        EvmAddress payee = Parties.address(3);
        SignedListing honest =
                SignedListing.sign(offer(node, payee, 0), List.of(at("203.0.113.7")), 1, node);
        SignedListing attackers =
                SignedListing.sign(
                        offer(attacker, payee, 10), List.of(at("198.51.100.66")), 99, attacker);
        assertThat(attackers.supersedes(honest)).as("however new it says to be").isFalse();
        byte[] both = mixed(honest.encoded(), attackers.encoded());
        assertThatExceptionOfType(MalformedListingException.class)
                .as("the victim's offer at the attacker's address")
                .isThrownBy(() -> SignedListing.open(both));
        SignedListing older =
                SignedListing.sign(offer(node, payee, -60_000), List.of(at("192.0.2.9")), 0, node);
        assertThat(older.supersedes(honest)).as("an old one said again").isFalse();
    }

    /** A protobuf's later field wins: the offer of the one, then where the other is. */
    private static byte[] mixed(byte[] offerOf, byte[] whereOf) {
        byte[] mixed = Arrays.copyOf(offerOf, offerOf.length + whereOf.length);
        int where = fieldTwo(whereOf);
        System.arraycopy(whereOf, where, mixed, offerOf.length, whereOf.length - where);
        return Arrays.copyOf(mixed, offerOf.length + whereOf.length - where);
    }

    /** Where the second of two fields of bytes begins. */
    private static int fieldTwo(byte[] message) {
        int length = 0;
        int at = 1;
        for (int shift = 0; ; shift += 7) {
            byte part = message[at++];
            length |= (part & 0x7f) << shift;
            if (part >= 0) return at + length;
        }
    }

    /** In the original the fullnode made both sides' keys, and published them. */
    @Test
    void keys_made_by_the_fullnode() {
        JavaClasses module =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.flowshield.node");
        ArchRuleDefinition.noClasses()
                .should()
                .callMethod(PrivateKey.class, "encode")
                .because("a node key is written to its own file, and to nothing else")
                .check(module);
        assertThatExceptionOfType(MalformedIdentityException.class)
                .as("a certificate that somebody else has made for the node")
                .isThrownBy(
                        () ->
                                IdentityCertificate.open(
                                        IdentityCertificate.issue(
                                                        attacker,
                                                        Parties.address(3),
                                                        CHAIN,
                                                        random,
                                                        NOW)
                                                .encoded(),
                                        NodeKey.of(node.publicKey()).orElseThrow(),
                                        CHAIN,
                                        NOW));
    }

    /** The original opened a listener for whoever told it of an order. */
    @Test
    void free_open_proxy() {
        assertThat(Charge.of(false, Optional.empty(), Optional.empty(), true))
                .as("nobody is served for nothing unless the operator says so")
                .isInstanceOf(Charge.Undecided.class);
        assertThat(Charge.of(false, Optional.of(TokenAmount.of(1)), Optional.empty(), true))
                .as("nor at a price that nobody is paid")
                .isInstanceOf(Charge.Undecided.class);
        assertThat(
                        Charge.of(
                                true,
                                Optional.of(TokenAmount.of(1)),
                                Optional.of(Parties.address(3)),
                                true))
                .as("nor when the operator contradicts himself")
                .isInstanceOf(Charge.Undecided.class);
    }

    /**
     * In the original the client named the destination, in the provider's own network too. That no
     * packet passes is shown by {@code ForbiddenDestinationAttackIT}.
     */
    @Test
    void ssrf() throws Exception {
        ExitPolicy policy = ExitPolicy.of(List.of(), List.of(Cidr.parse("203.0.113.0/24")));
        for (String inside :
                List.of(
                        "127.0.0.1",
                        "10.1.2.3",
                        "172.16.0.1",
                        "192.168.1.1",
                        "169.254.169.254",
                        "100.64.0.1",
                        "0.0.0.0",
                        "203.0.113.9",
                        "::1",
                        "fe80::1",
                        "fd00:ec2::254",
                        "64:ff9b::a00:1",
                        "2002:7f00:1::")) {
            assertThat(policy.permits(InetAddress.ofLiteral(inside))).as(inside).isFalse();
        }
        assertThat(policy.permits(InetAddress.ofLiteral("93.184.216.34"))).isTrue();
    }

    /** The original looked only whether there was an order: not for how much, nor to whom. */
    @Test
    void payment_bypass() throws Exception {
        OfferBook book =
                new OfferBook(
                        PayeeSettings.of(Parties.PAYEE.address(), Parties.PRICE),
                        Parties.DOMAIN,
                        node,
                        Clock.systemUTC());
        Opening opening = SqliteLedger.open(folder, Clock.systemUTC());
        assertThat(opening).isInstanceOf(Opening.Sound.class);
        try (Ledger ledger = ((Opening.Sound) opening).ledger()) {
            refusesWhoDoesNotAgree(
                    book,
                    new PayeeService(
                            book, new FakeChain(), ledger, Parties.PAYEE::sign, System::nanoTime));
        }
        assertThatExceptionOfType(IllegalArgumentException.class)
                .as("there is no price of nothing")
                .isThrownBy(() -> new Price(TokenAmount.ZERO));
    }

    private void refusesWhoDoesNotAgree(OfferBook book, PayeeService service) {
        assertThat(service.objection(hello(Optional.empty())))
                .map(Refused::reason)
                .contains(Refused.Reason.PAYMENT_REQUIRED);
        SignedOffer toHimself =
                new OfferBook(
                                PayeeSettings.of(
                                        Parties.STRANGER.address(), new Price(TokenAmount.of(1))),
                                Parties.DOMAIN,
                                attacker,
                                Clock.systemUTC())
                        .current();
        assertThat(service.objection(hello(Optional.of(toHimself.hash()))))
                .as("an offer of the client's own making, which pays himself")
                .map(Refused::reason)
                .contains(Refused.Reason.OFFER_CHANGED);
        assertThat(service.objection(hello(Optional.of(book.current().hash())))).isEmpty();
    }

    private static Hello hello(Optional<Bytes32> offer) {
        return new Hello(1, 1, false, Offloads.NONE, true, false, offer);
    }
}
