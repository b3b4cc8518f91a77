package org.flowshield.node.role;

import org.flowshield.node.api.FullnodeStatus;

/** The role that knows the market and answers whoever looks for a provider. */
public interface Fullnode extends Role {

    FullnodeStatus status();
}
