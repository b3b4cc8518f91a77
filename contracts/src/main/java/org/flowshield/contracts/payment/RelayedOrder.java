package org.flowshield.contracts.payment;

import java.math.BigInteger;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Words;

/**
 * What somebody without gas signs, so that a relayer carries it to the contract, pays the gas and
 * is repaid from the purse. Orders that could be carried twice have the contract's next nonce of
 * their signer; a channel is opened, and its closing begun, only once anyway. Immutable.
 */
public sealed interface RelayedOrder {

    RelayTerms terms();

    /** The hash of the order's fields (EIP-712). */
    Bytes32 structHash();

    /** What is signed. */
    default Bytes32 digest(ChannelDomain domain) {
        return domain.eip712().digest(structHash());
    }

    /** Puts money of the owner's wallet into the owner's purse. */
    record Deposit(EvmAddress owner, TokenAmount amount, BigInteger nonce, RelayTerms terms)
            implements RelayedOrder {

        private static final Bytes32 TYPE =
                Keccak256.hash(
                        "Deposit(address owner,uint96 amount,uint96 maxFee,uint256 nonce,"
                                + "uint256 deadline)");

        public Deposit {
            Stored.require(amount);
        }

        @Override
        public Bytes32 structHash() {
            return once(new Words(6).put(TYPE).put(owner).put(amount), nonce, terms);
        }
    }

    /** Takes money out of the owner's purse. */
    record Withdraw(
            EvmAddress owner, EvmAddress to, TokenAmount amount, BigInteger nonce, RelayTerms terms)
            implements RelayedOrder {

        private static final Bytes32 TYPE =
                Keccak256.hash(
                        "Withdraw(address owner,address to,uint96 amount,uint96 maxFee,"
                                + "uint256 nonce,uint256 deadline)");

        public Withdraw {
            Stored.require(amount);
        }

        @Override
        public Bytes32 structHash() {
            return once(new Words(7).put(TYPE).put(owner).put(to).put(amount), nonce, terms);
        }
    }

    /** Lets a signer open channels from the owner's purse, within caps. */
    record Authorise(
            EvmAddress owner, EvmAddress signer, Caps caps, BigInteger nonce, RelayTerms terms)
            implements RelayedOrder {

        private static final Bytes32 TYPE =
                Keccak256.hash(
                        "Authorise(address owner,address signer,uint96 total,uint96 perPayee,"
                                + "uint48 expiry,uint96 maxFee,uint256 nonce,uint256 deadline)");

        @Override
        public Bytes32 structHash() {
            Words words = new Words(9).put(TYPE).put(owner).put(signer);
            words.put(caps.total()).put(caps.perPayee()).put(caps.expiry().getEpochSecond());
            return once(words, nonce, terms);
        }
    }

    /** Lets another key close the payee's channels, or no longer; it never moves money. */
    record SetOperator(
            EvmAddress payee,
            EvmAddress operator,
            boolean allowed,
            BigInteger nonce,
            RelayTerms terms)
            implements RelayedOrder {

        private static final Bytes32 TYPE =
                Keccak256.hash(
                        "SetOperator(address payee,address operator,bool allowed,uint96 maxFee,"
                                + "uint256 nonce,uint256 deadline)");

        @Override
        public Bytes32 structHash() {
            return once(new Words(7).put(TYPE).put(payee).put(operator).put(allowed), nonce, terms);
        }
    }

    /** Puts more of the purse into an open channel; by its signer or its payer. */
    record TopUp(ChannelId channel, TokenAmount amount, BigInteger nonce, RelayTerms terms)
            implements RelayedOrder {

        private static final Bytes32 TYPE =
                Keccak256.hash(
                        "TopUp(bytes32 channelId,uint96 amount,uint96 maxFee,uint256 nonce,"
                                + "uint256 deadline)");

        public TopUp {
            Stored.require(amount);
        }

        @Override
        public Bytes32 structHash() {
            return once(new Words(6).put(TYPE).put(channel.value()).put(amount), nonce, terms);
        }
    }

    /**
     * Opens a channel; by its signer within the caps, or by its payer.
     *
     * @param offer the hash of the terms that the channel is opened for
     */
    record Open(ChannelId channel, TokenAmount amount, Bytes32 offer, RelayTerms terms)
            implements RelayedOrder {

        private static final Bytes32 TYPE =
                Keccak256.hash(
                        "Open(bytes32 channelId,uint96 amount,bytes32 offerHash,uint96 maxFee,"
                                + "uint256 deadline)");

        public Open {
            Stored.require(amount);
        }

        @Override
        public Bytes32 structHash() {
            return end(new Words(6).put(TYPE).put(channel.value()).put(amount).put(offer), terms);
        }
    }

    /** Begins to close a channel without its payee; by its signer or its payer. */
    record StartClose(ChannelId channel, RelayTerms terms) implements RelayedOrder {

        private static final Bytes32 TYPE =
                Keccak256.hash("StartClose(bytes32 channelId,uint96 maxFee,uint256 deadline)");

        @Override
        public Bytes32 structHash() {
            return end(new Words(4).put(TYPE).put(channel.value()), terms);
        }
    }

    private static Bytes32 once(Words words, BigInteger nonce, RelayTerms terms) {
        return words.put(terms.maxFee()).put(nonce).put(terms.deadline().getEpochSecond()).hash();
    }

    private static Bytes32 end(Words words, RelayTerms terms) {
        return words.put(terms.maxFee()).put(terms.deadline().getEpochSecond()).hash();
    }
}
