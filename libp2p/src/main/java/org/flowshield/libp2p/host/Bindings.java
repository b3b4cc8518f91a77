package org.flowshield.libp2p.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.jspecify.annotations.Nullable;

/** The protocols that a host serves. Any thread may add, any may read. */
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

    List<ProtocolId> ids() {
        return ids;
    }

    /** The binding of one of {@link #ids}. */
    ProtocolBinding of(ProtocolId id) {
        @Nullable ProtocolBinding binding = byId.get(id);
        if (binding == null) {
            throw new IllegalArgumentException(id + " is not served");
        }
        return binding;
    }
}
