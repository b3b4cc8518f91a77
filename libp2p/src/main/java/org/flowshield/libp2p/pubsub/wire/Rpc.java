package org.flowshield.libp2p.pubsub.wire;

import java.util.ArrayList;
import java.util.List;
import org.flowshield.libp2p.pubsub.wire.Control.IHave;
import org.flowshield.libp2p.pubsub.wire.Control.Prune;
import org.flowshield.libp2p.pubsub.wire.Control.Subscribed;

/**
 * What one peer tells another at once. Immutable.
 *
 * @param subscriptions topics that the sender takes up or gives up
 * @param messages published by the sender or passed on
 * @param ihave messages that the sender could send
 * @param iwant messages that the sender asks for
 * @param graft topics in whose mesh the sender now has the receiver
 * @param prune topics from whose mesh it took the receiver
 * @param idontwant messages that the sender has already (gossipsub 1.2)
 */
public record Rpc(
        List<Subscribed> subscriptions,
        List<Message> messages,
        List<IHave> ihave,
        List<MessageId> iwant,
        List<Topic> graft,
        List<Prune> prune,
        List<MessageId> idontwant) {

    /** One RPC on the wire (go-libp2p's bound; a longer one is a breach). */
    public static final int MAX_BYTES = 1024 * 1024;

    /** One RPC that we send, where it can be cut: rust-libp2p takes no longer ones. */
    public static final int PREFERRED_BYTES = 64 * 1024;

    /**
     * Subscriptions in one RPC (js-libp2p). What is beyond this and the bounds below is skipped.
     */
    public static final int MAX_SUBSCRIPTIONS = 5_000;

    /** Messages in one RPC: more than 1 MiB could hold of signed ones. */
    public static final int MAX_MESSAGES = 5_000;

    /**
     * IHAVEs, GRAFTs and PRUNEs in one RPC, of each kind: one a topic is all that has a meaning.
     */
    public static final int MAX_CONTROLS = 512;

    /** Ids in all IHAVEs together, and in all IWANTs (go-libp2p, js-libp2p: for one). */
    public static final int MAX_IDS = 5_000;

    /** Ids in all IDONTWANTs (js-libp2p). */
    public static final int MAX_UNWANTED = 512;

    /** Peers in one PRUNE (specification). */
    public static final int MAX_EXCHANGED = 16;

    /** Says nothing. */
    public static final Rpc EMPTY =
            new Rpc(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public Rpc {
        subscriptions = List.copyOf(subscriptions);
        messages = List.copyOf(messages);
        ihave = List.copyOf(ihave);
        iwant = List.copyOf(iwant);
        graft = List.copyOf(graft);
        prune = List.copyOf(prune);
        idontwant = List.copyOf(idontwant);
    }

    public boolean isEmpty() {
        return messages.isEmpty() && !hasControl();
    }

    /** True if it says more than messages. */
    public boolean hasControl() {
        return !(subscriptions.isEmpty()
                && ihave.isEmpty()
                && iwant.isEmpty()
                && graft.isEmpty()
                && prune.isEmpty()
                && idontwant.isEmpty());
    }

    /** Gathers an RPC; for one thread. */
    public static final class Builder {

        private final List<Subscribed> subscriptions = new ArrayList<>();
        private final List<Message> messages = new ArrayList<>();
        private final List<IHave> ihave = new ArrayList<>();
        private final List<MessageId> iwant = new ArrayList<>();
        private final List<Topic> graft = new ArrayList<>();
        private final List<Prune> prune = new ArrayList<>();
        private final List<MessageId> idontwant = new ArrayList<>();

        public Builder subscription(boolean subscribe, Topic topic) {
            subscriptions.add(new Subscribed(subscribe, topic));
            return this;
        }

        public Builder message(Message message) {
            messages.add(message);
            return this;
        }

        public Builder ihave(Topic topic, List<MessageId> ids) {
            ihave.add(new IHave(topic, ids));
            return this;
        }

        public Builder iwant(List<MessageId> ids) {
            iwant.addAll(ids);
            return this;
        }

        public Builder graft(Topic topic) {
            graft.add(topic);
            return this;
        }

        public Builder prune(Prune told) {
            prune.add(told);
            return this;
        }

        public Builder idontwant(List<MessageId> ids) {
            idontwant.addAll(ids);
            return this;
        }

        /** Adds all that another says. */
        public Builder add(Rpc other) {
            subscriptions.addAll(other.subscriptions);
            messages.addAll(other.messages);
            ihave.addAll(other.ihave);
            iwant.addAll(other.iwant);
            graft.addAll(other.graft);
            prune.addAll(other.prune);
            idontwant.addAll(other.idontwant);
            return this;
        }

        public Rpc build() {
            return new Rpc(subscriptions, messages, ihave, iwant, graft, prune, idontwant);
        }
    }
}
