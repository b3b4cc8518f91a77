package org.flowshield.libp2p.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowshield.libp2p.multistream.ProtocolId;

/** The protocols that a host serves. Any thread may add and remove, any may read. */
final class Bindings {

    private volatile Map<ProtocolId, ProtocolBinding> byId = Map.of();
    private volatile List<ProtocolId> ids = List.of();

    synchronized void add(ProtocolBinding binding) {
        Map<ProtocolId, ProtocolBinding> more = new LinkedHashMap<>(byId);
        for (ProtocolId id : binding.ids()) {
            if (more.putIfAbsent(id, binding) != null) {
                throw new IllegalArgumentException(id + " is served already");
            }
        }
        byId = more;
        ids = List.copyOf(new ArrayList<>(more.keySet()));
    }

    synchronized void remove(ProtocolBinding binding) {
        Map<ProtocolId, ProtocolBinding> fewer = new LinkedHashMap<>(byId);
        fewer.values().removeIf(binding::equals);
        ids = List.copyOf(new ArrayList<>(fewer.keySet()));
        byId = fewer;
    }

    List<ProtocolId> ids() {
        return ids;
    }

    /** The binding of an id; empty if it was removed meanwhile. */
    Optional<ProtocolBinding> of(ProtocolId id) {
        return Optional.ofNullable(byId.get(id));
    }
}
