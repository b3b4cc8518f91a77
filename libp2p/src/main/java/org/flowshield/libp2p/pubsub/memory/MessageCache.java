package org.flowshield.libp2p.pubsub.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.wire.Message;
import org.flowshield.libp2p.pubsub.wire.MessageId;
import org.flowshield.libp2p.pubsub.wire.Topic;

/** The messages of the last heartbeats, for those who missed them. For one thread. */
public final class MessageCache {

    /** What is kept at most; the oldest gives way. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    /** How often a peer gets the same message (go-libp2p). */
    public static final int MAX_TRANSMISSIONS = 3;

    private static final class Entry {
        private final Message message;
        private final Map<PeerId, Integer> transmissions = new HashMap<>();

        Entry(Message message) {
            this.message = message;
        }
    }

    private final int gossipWindows;
    private final Map<MessageId, Entry> entries = new HashMap<>();

    /** The newest window is first, the newest message of a window last. */
    private final Deque<Deque<MessageId>> windows = new ArrayDeque<>();

    private long bytes;

    public MessageCache(int historyWindows, int gossipWindows) {
        this.gossipWindows = gossipWindows;
        for (int i = 0; i < historyWindows; i++) {
            windows.add(new ArrayDeque<>());
        }
    }

    public void put(MessageId id, Message message) {
        if (entries.putIfAbsent(id, new Entry(message)) != null) {
            return;
        }
        windows.getFirst().addLast(id);
        bytes += message.payloadSize();
        Iterator<Deque<MessageId>> oldest = windows.descendingIterator();
        while (bytes > MAX_BYTES && oldest.hasNext()) {
            Deque<MessageId> window = oldest.next();
            while (bytes > MAX_BYTES && !window.isEmpty()) {
                drop(window.removeFirst());
            }
        }
    }

    private void drop(MessageId id) {
        Entry entry = entries.remove(id);
        if (entry != null) {
            bytes -= entry.message.payloadSize();
        }
    }

    /** The message, unless it is gone or the peer has had it often enough; counts this time. */
    public Optional<Message> take(MessageId id, PeerId peer) {
        Entry entry = entries.get(id);
        if (entry == null || entry.transmissions.merge(peer, 1, Integer::sum) > MAX_TRANSMISSIONS) {
            return Optional.empty();
        }
        return Optional.of(entry.message);
    }

    /** The ids to tell others of. */
    public List<MessageId> recent(Topic topic) {
        List<MessageId> ids = new ArrayList<>();
        Iterator<Deque<MessageId>> newest = windows.iterator();
        for (int i = 0; i < gossipWindows && newest.hasNext(); i++) {
            for (MessageId id : newest.next()) {
                Entry entry = entries.get(id);
                if (entry != null && entry.message.topic().equals(topic)) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    /** A heartbeat is over. */
    public void shift() {
        windows.removeLast().forEach(this::drop);
        windows.addFirst(new ArrayDeque<>());
    }
}
