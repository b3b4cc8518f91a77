package org.flowshield.libp2p.pubsub.mesh;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.multistream.ProtocolId;

/** The versions of gossipsub that we speak, the best first. */
public enum Version {
    /** Knows IDONTWANT. */
    V1_2("/meshsub/1.2.0"),
    /** Knows back-off, peer exchange and scores. */
    V1_1("/meshsub/1.1.0"),
    V1_0("/meshsub/1.0.0");

    private final String id;

    Version(String id) {
        this.id = id;
    }

    public ProtocolId id() {
        return new ProtocolId(id);
    }

    /** The ids of all, the best first. */
    public static List<ProtocolId> ids() {
        return Arrays.stream(values()).map(Version::id).toList();
    }

    public static Optional<Version> of(ProtocolId id) {
        return Arrays.stream(values()).filter(version -> version.id.equals(id.value())).findFirst();
    }

    boolean knowsBackoff() {
        return this != V1_0;
    }

    boolean knowsIDontWant() {
        return this == V1_2;
    }
}
