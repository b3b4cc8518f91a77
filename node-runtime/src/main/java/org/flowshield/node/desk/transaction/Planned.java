package org.flowshield.node.desk.transaction;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.node.identity.Roles;

/** One step of something that takes several. Immutable. */
public sealed interface Planned {

    /** What it does, in English, to follow "to do:". */
    String words();

    /** Whether it is a transaction, and not this machine's daemon that does it. */
    default boolean onChain() {
        return true;
    }

    /**
     * Lets a contract take so much, which is signed and no transaction of its own.
     *
     * @param taker the contract
     */
    record Permit(TokenAmount amount, EvmAddress taker) implements Planned {
        @Override
        public String words() {
            return "let the contract " + taker + " take " + amount;
        }

        @Override
        public boolean onChain() {
            return false;
        }
    }

    /**
     * Stakes what is missing.
     *
     * @param amount that is added
     * @param target that is staked then
     */
    record Stake(TokenAmount amount, TokenAmount target) implements Planned {
        @Override
        public String words() {
            return "stake " + amount;
        }
    }

    /** Binds a node to the wallet. */
    record BindNode(String peerId, Set<Roles> roles) implements Planned {
        public BindNode {
            roles = Set.copyOf(roles);
        }

        @Override
        public String words() {
            return "take the node "
                    + peerId
                    + " as your own, as a "
                    + roles.stream().sorted().map(Roles::label).collect(Collectors.joining(", "));
        }
    }

    /** Binds another key with the roles of the old one, which is revoked by that. */
    record RotateNode(String oldPeerId, String peerId) implements Planned {
        @Override
        public String words() {
            return "take " + peerId + " in the place of " + oldPeerId;
        }
    }

    /** Makes a node of the wallet worth nothing, for ever. */
    record RevokeNode(String peerId) implements Planned {
        @Override
        public String words() {
            return "revoke the node " + peerId + " for ever";
        }
    }

    /** Registers the wallet as a provider. */
    record EnterMarket(String peerId) implements Planned {
        @Override
        public String words() {
            return "enter the market";
        }
    }

    /** Names another node in the wallet's entry of the market. */
    record NameNode(String peerId) implements Planned {
        @Override
        public String words() {
            return "tell the market of this node";
        }
    }

    /** Takes the wallet out of the market. */
    record LeaveMarket() implements Planned {
        @Override
        public String words() {
            return "leave the market";
        }
    }

    /** Asks for stake back. */
    record Unstake(TokenAmount amount, Instant notBefore) implements Planned {
        @Override
        public String words() {
            return "ask for " + amount + " of your stake back, to be had from " + notBefore + " on";
        }
    }

    /** Puts money into the purse. */
    record FillPurse(TokenAmount amount) implements Planned {
        @Override
        public String words() {
            return "put " + amount + " into the purse";
        }
    }

    /** Lets a signer pay from the purse, within caps. */
    record Authorise(EvmAddress signer, Caps caps) implements Planned {
        @Override
        public String words() {
            return "let "
                    + signer
                    + " pay providers "
                    + caps.total()
                    + " in all, "
                    + caps.perPayee()
                    + " to each, until "
                    + caps.expiry();
        }
    }

    /** Tells the daemon what it sells for. */
    record KeepOffer() implements Planned {
        @Override
        public String words() {
            return "tell this machine's daemon the offer";
        }

        @Override
        public boolean onChain() {
            return false;
        }
    }

    /** Switches the provider role on. */
    record SwitchOn() implements Planned {
        @Override
        public String words() {
            return "switch the provider role on";
        }

        @Override
        public boolean onChain() {
            return false;
        }
    }
}
