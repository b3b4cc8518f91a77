package org.flowshield.node.ledger.sqlite;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.ChannelRecord.Status;
import org.flowshield.node.ledger.Side;

/**
 * Channels and vouchers that are made of numbers, the same in each process: so it can be told of
 * each voucher that is found whether it was ever written. The ledger does not look at who signed.
 */
final class TestVouchers {

    static final ChannelDomain DOMAIN = new ChannelDomain(new ChainId(31337), address("contract"));

    static final long BYTES_PER_VOUCHER = 1 << 25;

    private TestVouchers() {}

    static ChannelRecord channel(int number, Side side) {
        return new ChannelRecord(
                new ChannelKey(
                        address("payer"), address("payee"), address("signer"), word("" + number)),
                DOMAIN,
                side,
                Optional.empty(),
                word("offer"),
                TokenAmount.of(1_000_000_000),
                TokenAmount.ZERO,
                17,
                Status.OPEN,
                Optional.empty());
    }

    /** The n-th voucher of a channel, from 1 on; each promises 1000 more. */
    static SignedVoucher voucher(ChannelRecord channel, int n) {
        return voucher(channel, 1000L * n, n * BYTES_PER_VOUCHER);
    }

    static SignedVoucher voucher(ChannelRecord channel, long cumulative, long bytes) {
        byte[] signature = new byte[Signature.LENGTH];
        byte[] r = word(channel.id() + " r " + cumulative).bytes();
        byte[] s = word(channel.id() + " s " + cumulative).bytes();
        System.arraycopy(r, 1, signature, 1, r.length - 1);
        System.arraycopy(s, 1, signature, r.length + 1, s.length - 1);
        signature[Signature.LENGTH - 1] = 27;
        return new SignedVoucher(
                new Voucher(channel.id(), TokenAmount.of(cumulative), bytes),
                new Signature(signature));
    }

    private static EvmAddress address(String name) {
        return new EvmAddress(Arrays.copyOf(word(name).bytes(), EvmAddress.LENGTH));
    }

    private static Bytes32 word(String name) {
        try {
            return new Bytes32(
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
