package org.flowshield.node.ledger.sqlite;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.node.ledger.sqlite.VoucherRow.Head;

/**
 * A voucher as the log has it, with the key of its channel: enough to claim its money. Immutable.
 * All that it contains is covered by the row's hash, the key by the channel's id.
 */
record Slot(ChannelKey key, ChannelDomain domain, VoucherRow row) {

    private static final int AMOUNT_LENGTH = 16;

    static final int LENGTH =
            Long.BYTES // seq
                    + 1 // side
                    + Long.BYTES // chain
                    + 4 * EvmAddress.LENGTH // contract, payer, payee, signer
                    + Bytes32.LENGTH // salt
                    + Long.BYTES // session
                    + AMOUNT_LENGTH
                    + Long.BYTES // bytes served
                    + Signature.LENGTH
                    + Long.BYTES // time
                    + Bytes32.LENGTH; // hash

    byte[] encode() {
        Voucher voucher = row.signed().voucher();
        return ByteBuffer.allocate(LENGTH)
                .putLong(row.seq())
                .put((byte) Seal.code(row.side()))
                .putLong(domain.chain().value())
                .put(domain.contract().bytes())
                .put(key.payer().bytes())
                .put(key.payee().bytes())
                .put(key.signer().bytes())
                .put(key.salt().bytes())
                .putLong(row.session())
                .put(Seal.encode(voucher.cumulative()))
                .putLong(voucher.bytesServed())
                .put(row.signed().signature().bytes())
                .putLong(row.at().toEpochMilli())
                .put(row.hash().bytes())
                .array();
    }

    /**
     * Reads the slot that must follow a voucher.
     *
     * @throws DamageException if it is not as it was written, or does not follow it
     */
    static Slot decode(byte[] bytes, Head before) {
        String where = "vouchers.log, voucher " + (before.seq() + 1);
        try {
            Slot slot = decode(ByteBuffer.wrap(bytes), before);
            if (slot.row().seq() == before.seq() + 1 && slot.row().isSound()) {
                return slot;
            }
        } catch (IllegalArgumentException e) {
            throw new DamageException("a voucher is not as it was written", where, e);
        }
        throw new DamageException("a voucher is not as it was written", where);
    }

    private static Slot decode(ByteBuffer bytes, Head before) {
        long seq = bytes.getLong();
        int side = bytes.get();
        ChainId chain = new ChainId(bytes.getLong());
        ChannelDomain domain = new ChannelDomain(chain, address(bytes));
        ChannelKey key =
                new ChannelKey(address(bytes), address(bytes), address(bytes), word(bytes));
        long session = bytes.getLong();
        byte[] amount = new byte[AMOUNT_LENGTH];
        bytes.get(amount);
        Voucher voucher = new Voucher(key.id(domain), Seal.amount(amount), bytes.getLong());
        byte[] signature = new byte[Signature.LENGTH];
        bytes.get(signature);
        return new Slot(
                key,
                domain,
                new VoucherRow(
                        seq,
                        Seal.side(side),
                        session,
                        new SignedVoucher(voucher, new Signature(signature)),
                        Instant.ofEpochMilli(bytes.getLong()),
                        before.hash(),
                        word(bytes)));
    }

    private static EvmAddress address(ByteBuffer bytes) {
        byte[] address = new byte[EvmAddress.LENGTH];
        bytes.get(address);
        return new EvmAddress(address);
    }

    private static Bytes32 word(ByteBuffer bytes) {
        byte[] word = new byte[Bytes32.LENGTH];
        bytes.get(word);
        return new Bytes32(word);
    }
}
