package org.flowshield.libp2p.pubsub.mesh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.wire.Rpc;

/** Gathers the effects of one event; what goes to one peer goes at once. For one thread. */
final class Outbox {

    private final Map<PeerId, Rpc.Builder> rpcs = new LinkedHashMap<>();
    private final List<Effect> others = new ArrayList<>();

    Rpc.Builder to(PeerId peer) {
        return rpcs.computeIfAbsent(peer, first -> new Rpc.Builder());
    }

    void add(Effect effect) {
        others.add(effect);
    }

    /** Nothing more goes to this peer. */
    void cancel(PeerId peer) {
        rpcs.remove(peer);
    }

    List<Effect> take() {
        List<Effect> effects = new ArrayList<>(rpcs.size() + others.size());
        rpcs.forEach((peer, rpc) -> effects.add(new Effect.Send(peer, rpc.build())));
        effects.addAll(others);
        rpcs.clear();
        others.clear();
        return effects;
    }
}
