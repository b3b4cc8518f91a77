package org.flowshield.node.wallet.signing;

import java.time.Instant;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Words;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.staking.StakeKind;

/** A call of the stake vault: what the wallet answers for. Immutable. */
public sealed interface StakeCall extends KnownCall {

    /** Stakes what the vault is allowed to take. */
    record Add(StakeKind kind, TokenAmount amount) implements StakeCall {

        private static final Bytes32 SELECTOR = Keccak256.hash("stake(uint8,uint96)");

        @Override
        public byte[] encode() {
            return CallArguments.call(SELECTOR, new Words(2).put(kind.code()).put(amount));
        }

        @Override
        public Summary summary() {
            return Summary.of("lock money as your stake")
                    .line("amount", amount)
                    .line("as", words(kind))
                    .line("back", "14 days after you ask for it; misbehaving can cost it")
                    .build();
        }
    }

    /** Stakes with the permit to take it. */
    record AddWithPermit(StakeKind kind, TokenAmount amount, Instant deadline, Signature permit)
            implements StakeCall {

        private static final Bytes32 SELECTOR =
                Keccak256.hash("stakeWithPermit(uint8,uint96,(uint256,uint8,bytes32,bytes32))");

        @Override
        public byte[] encode() {
            return CallArguments.call(
                    SELECTOR,
                    new Words(6)
                            .put(kind.code())
                            .put(amount)
                            .put(deadline.getEpochSecond())
                            .put(permit.v())
                            .put(permit.r())
                            .put(permit.s()));
        }

        @Override
        public Summary summary() {
            return new Add(kind, amount).summary();
        }
    }

    /** Asks for stake back. */
    record RequestUnstake(StakeKind kind, TokenAmount amount) implements StakeCall {

        private static final Bytes32 SELECTOR = Keccak256.hash("requestUnstake(uint8,uint96)");

        @Override
        public byte[] encode() {
            return CallArguments.call(SELECTOR, new Words(2).put(kind.code()).put(amount));
        }

        @Override
        public Summary summary() {
            return Summary.of("take from your stake")
                    .line("amount", amount)
                    .line("as", words(kind))
                    .line("paid out", "14 days later, when you ask for it")
                    .build();
        }
    }

    /** Has paid out what was asked for long enough ago. */
    record Withdraw(StakeKind kind) implements StakeCall {

        private static final Bytes32 SELECTOR = Keccak256.hash("withdraw(uint8)");

        @Override
        public byte[] encode() {
            return CallArguments.call(SELECTOR, new Words(1).put(kind.code()));
        }

        @Override
        public Summary summary() {
            return Summary.of("have stake paid out to you")
                    .line("amount", "all that was asked for and is due")
                    .line("as", words(kind))
                    .build();
        }
    }

    /** Reads one of them, if it is one. */
    static Optional<StakeCall> read(CallArguments in) throws MalformedRequestException {
        if (in.isOf(Add.SELECTOR)) {
            return Optional.of(new Add(kind(in), in.amount()));
        }
        if (in.isOf(AddWithPermit.SELECTOR)) {
            return Optional.of(new AddWithPermit(kind(in), in.amount(), in.time(), in.signature()));
        }
        if (in.isOf(RequestUnstake.SELECTOR)) {
            return Optional.of(new RequestUnstake(kind(in), in.amount()));
        }
        return in.isOf(Withdraw.SELECTOR) ? Optional.of(new Withdraw(kind(in))) : Optional.empty();
    }

    private static StakeKind kind(CallArguments in) throws MalformedRequestException {
        long code = in.number();
        for (StakeKind kind : StakeKind.values()) {
            if (kind.code() == code) {
                return kind;
            }
        }
        throw CallArguments.malformed("there is no stake of kind " + code);
    }

    private static String words(StakeKind kind) {
        return switch (kind) {
            case PROVIDER -> "a provider";
            case VERIFIER -> "a verifier";
        };
    }
}
