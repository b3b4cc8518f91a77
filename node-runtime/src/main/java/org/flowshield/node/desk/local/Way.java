package org.flowshield.node.desk.local;

import org.flowshield.node.desk.transaction.Conversation;
import org.jspecify.annotations.Nullable;

/** How what a wallet says of its nodes gets to the chain. Immutable. */
sealed interface Way {

    Registrar registrar(
            OpenNetwork open, NodeLink link, Sending sending, Conversation conversation);

    /** By transactions of the wallet. */
    record OwnGas() implements Way {
        @Override
        public Registrar registrar(
                OpenNetwork open, NodeLink link, Sending sending, Conversation conversation) {
            return new OwnRegistrar(open, sending);
        }
    }

    /**
     * By a provider that is paid for it.
     *
     * @param provider its multiaddr, or its peer id, which the daemon finds; null: whom it finds
     */
    record Carried(@Nullable String provider) implements Way {
        @Override
        public Registrar registrar(
                OpenNetwork open, NodeLink link, Sending sending, Conversation conversation) {
            return new CarriedRegistrar(
                    open, sending, conversation, new Relays(open, link, provider));
        }
    }
}
