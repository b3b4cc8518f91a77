package org.flowshield.contracts.payment;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.signing.SigningKey;

/**
 * A voucher and a signature, which whoever takes it as money checks first. Immutable.
 *
 * @param signature by the channel's signer, to be checked with {@link #isBy}
 */
public record SignedVoucher(Voucher voucher, Signature signature) {

    /** Signs a voucher for this contract. */
    public static SignedVoucher sign(Voucher voucher, ChannelDomain domain, SigningKey key) {
        return new SignedVoucher(voucher, key.sign(voucher.digest(domain)));
    }

    /** Whether this signer signed it for this contract. */
    public boolean isBy(EvmAddress signer, ChannelDomain domain) {
        return signature.isBy(signer, voucher.digest(domain));
    }
}
