package org.flowshield.node.api;

import java.time.Instant;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.identity.Identities;
import org.flowshield.node.api.identity.IdentityProof;
import org.flowshield.node.api.identity.IdentityStatus;
import org.jspecify.annotations.Nullable;

/** Who a node is and what it sells for, in memory. For one thread at a time. */
final class MemoryOwner implements Identities {

    private static final long CHAIN = 31337;
    private static final Instant UNTIL = Instant.parse("2026-01-02T09:04:05Z");

    /** Refuses what a test has refused. */
    @FunctionalInterface
    interface Refusal {
        void check() throws RefusedException;
    }

    private final Refusal refusal;
    private @Nullable EvmAddress wallet;
    private ProviderOffer offer = new ProviderOffer(null, null, null, null, null);

    MemoryOwner(Refusal refusal) {
        this.refusal = refusal;
    }

    @Override
    public IdentityStatus status() {
        return new IdentityStatus(
                MemoryNode.PEER_ID,
                wallet,
                CHAIN,
                MemoryPayments.PAYEE,
                wallet == null ? null : UNTIL,
                null,
                false);
    }

    @Override
    public IdentityProof prove(EvmAddress of) throws RefusedException {
        refusal.check();
        return new IdentityProof(
                MemoryNode.PEER_ID, of, CHAIN, MemoryPayments.PAYEE, "0x" + "ab".repeat(64));
    }

    @Override
    public IdentityProof proveNext(EvmAddress of) throws RefusedException {
        return prove(of);
    }

    @Override
    public IdentityStatus adopt() throws RefusedException {
        refusal.check();
        return status();
    }

    @Override
    public IdentityStatus belongTo(EvmAddress of) throws RefusedException {
        refusal.check();
        wallet = of;
        return status();
    }

    Selling selling() {
        return new Selling() {
            @Override
            public SellingStatus status() {
                return sells();
            }

            @Override
            public SellingStatus offer(ProviderOffer change) throws RefusedException {
                return MemoryOwner.this.offer(change);
            }
        };
    }

    private SellingStatus sells() {
        return new SellingStatus(offer, false, false, null);
    }

    private SellingStatus offer(ProviderOffer change) throws RefusedException {
        refusal.check();
        TokenAmount price = change.pricePerGib();
        EvmAddress payee = change.payee();
        String limit = change.limit();
        String country = change.country();
        offer =
                new ProviderOffer(
                        price == null ? offer.pricePerGib() : price,
                        payee == null ? offer.payee() : payee,
                        limit == null ? offer.limit() : limit,
                        country == null ? offer.country() : country,
                        change.atStart());
        return sells();
    }
}
