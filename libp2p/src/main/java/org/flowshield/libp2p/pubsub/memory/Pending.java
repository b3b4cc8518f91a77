package org.flowshield.libp2p.pubsub.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.wire.Message;
import org.flowshield.libp2p.pubsub.wire.MessageId;
import org.flowshield.libp2p.pubsub.wire.StrictSign;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way to a verdict. They are told apart by all their bytes and not by their ids:
 * a forged message may have the id of a true one, which it must not keep out. For one thread.
 */
public final class Pending {

    /** Messages at a time; more are not taken, and may come again by gossip. */
    public static final int MAX = 2_048;

    /** Their payloads together. */
    public static final long MAX_BYTES = 32L * 1024 * 1024;

    /** Messages of one peer at a time: what is spent on a flooder before it is shed. */
    public static final int MAX_PER_PEER = 256;

    /** Different messages with the same id, all but one of them forged. */
    public static final int MAX_PER_ID = 3;

    /** Peers that are remembered to have brought the same message. */
    public static final int MAX_BRINGERS = 32;

    /** One message. */
    public static final class Entry {
        private final StrictSign.Claimed claimed;
        private final MessageId id;
        private final List<PeerId> bringers = new ArrayList<>();
        private final long since;
        private boolean verified;

        public Entry(StrictSign.Claimed claimed, MessageId id, PeerId bringer, long since) {
            this.claimed = claimed;
            this.id = id;
            this.since = since;
            bringers.add(bringer);
        }

        public MessageId id() {
            return id;
        }

        public PeerId author() {
            return claimed.author();
        }

        /** Who brought it until now, the first one first. */
        public List<PeerId> bringers() {
            return List.copyOf(bringers);
        }

        /** True once its signature is known to hold. */
        public boolean isVerified() {
            return verified;
        }

        public void verified() {
            verified = true;
        }

        public Message message() {
            return claimed.message();
        }

        public void broughtBy(PeerId bringer) {
            if (bringers.size() < MAX_BRINGERS && !bringers.contains(bringer)) {
                bringers.add(bringer);
            }
        }
    }

    private final Map<Message, Entry> entries = new LinkedHashMap<>();
    private final Map<MessageId, Integer> byId = new HashMap<>();
    private long bytes;

    public @Nullable Entry get(Message message) {
        return entries.get(message);
    }

    public boolean contains(MessageId id) {
        return byId.containsKey(id);
    }

    public boolean hasRoom(MessageId id, int payload) {
        return entries.size() < MAX
                && bytes + payload <= MAX_BYTES
                && byId.getOrDefault(id, 0) < MAX_PER_ID;
    }

    public void add(Entry entry) {
        entries.put(entry.message(), entry);
        byId.merge(entry.id, 1, Integer::sum);
        bytes += entry.message().payloadSize();
    }

    public void remove(Entry entry) {
        if (entries.remove(entry.message()) != null) {
            byId.computeIfPresent(entry.id, (id, count) -> count == 1 ? null : count - 1);
            bytes -= entry.message().payloadSize();
        }
    }

    /** One that has waited for longer than this; several may have. */
    public Optional<Entry> overdue(long limit, long now) {
        return entries.values().stream().findFirst().filter(entry -> now - entry.since > limit);
    }
}
