package org.flowshield.node.payment;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.signing.MalformedKeyException;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.node.payment.wire.PaymentMessage.Begin;
import org.flowshield.node.tunnel.control.MalformedControlException;
import org.flowshield.node.tunnel.control.SessionToken;

/** A client and a provider that have agreed on an offer, and their keys. */
public final class Parties {

    public static final ChannelDomain DOMAIN = new ChannelDomain(new ChainId(31337), address(9));

    /** One FLOW per GiB. */
    public static final Price PRICE = new Price(flow("1"));

    public static final SigningKey SIGNER = key(1);
    public static final SigningKey STRANGER = key(2);
    public static final SigningKey PAYEE = key(3);

    public static final Bytes32 NODE_KEY = Keccak256.hash("a node");

    public static final Offer OFFER = offer(CreditWindow.MOST);

    public static final Bytes32 OFFER_HASH = Keccak256.hash("an offer");

    public static final ChannelKey CHANNEL = channel(0);

    public static final SessionToken TOKEN = token(7);

    private Parties() {}

    public static Offer offer(long maxWindow) {
        return new Offer(
                NODE_KEY,
                PAYEE.address(),
                DOMAIN,
                PRICE,
                CreditWindow.FIRST,
                maxWindow,
                flow("0.001"),
                Instant.ofEpochSecond(2_000_000_000L),
                1,
                new Service(
                        1_000_000_000,
                        Optional.of(new Country("NL")),
                        true,
                        false,
                        List.of("/flowshield/tunnel/1.0.0")));
    }

    public static ChannelKey channel(int salt) {
        return new ChannelKey(
                address(1), PAYEE.address(), SIGNER.address(), Keccak256.hash("salt " + salt));
    }

    public static EvmAddress address(int number) {
        byte[] bytes = new byte[EvmAddress.LENGTH];
        bytes[0] = 1;
        bytes[EvmAddress.LENGTH - 1] = (byte) number;
        return new EvmAddress(bytes);
    }

    public static TokenAmount flow(String text) {
        try {
            return TokenAmount.parse(text);
        } catch (Exception e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    public static TokenAmount units(long units) {
        return new TokenAmount(BigInteger.valueOf(units));
    }

    public static SigningKey key(int number) {
        byte[] secret = new byte[SigningKey.LENGTH];
        secret[SigningKey.LENGTH - 1] = (byte) number;
        try {
            return SigningKey.of(secret);
        } catch (MalformedKeyException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static SessionToken token(int number) {
        byte[] bytes = new byte[SessionToken.LENGTH];
        bytes[0] = (byte) number;
        try {
            return SessionToken.parse(bytes);
        } catch (MalformedControlException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** As an honest client says it. */
    public static Begin begin() {
        return new Begin(
                TOKEN,
                CHANNEL,
                OFFER_HASH,
                SIGNER.sign(BeginProof.digest(CHANNEL.id(DOMAIN), TOKEN, NODE_KEY, OFFER_HASH)),
                java.util.Optional.empty());
    }

    public static SignedVoucher voucher(Paid paid) {
        return SignedVoucher.sign(paid.voucher(CHANNEL.id(DOMAIN)), DOMAIN, SIGNER);
    }
}
