package org.flowshield.contracts.payment;

/**
 * A voucher to be redeemed, with the channel's key, which the contract does not keep. Immutable.
 */
public record Claim(ChannelKey key, SignedVoucher voucher) {}
