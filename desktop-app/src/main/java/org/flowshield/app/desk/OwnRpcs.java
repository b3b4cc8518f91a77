package org.flowshield.app.desk;

import org.flowshield.node.api.network.NetworkSettings;

/** Whom the desks ask about the chain. Safe for use by any thread; waits for the disk. */
@FunctionalInterface
public interface OwnRpcs {

    /** Desks that stand on no network. */
    OwnRpcs NONE = _ -> {};

    /** The service has said by which ways it goes: the desks go by the same from now on. */
    void take(NetworkSettings told);
}
