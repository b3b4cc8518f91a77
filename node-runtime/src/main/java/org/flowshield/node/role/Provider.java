package org.flowshield.node.role;

import java.util.List;
import org.flowshield.node.api.LimitStatus;
import org.flowshield.node.api.ProviderStatus;

/** The role that sells this machine's bandwidth. */
public interface Provider extends Role {

    ProviderStatus status();

    /** Its named limits and how near they are. */
    List<LimitStatus> limits();
}
