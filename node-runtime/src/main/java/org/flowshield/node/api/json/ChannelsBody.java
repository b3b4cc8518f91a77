package org.flowshield.node.api.json;

import java.util.List;
import org.flowshield.node.api.payment.ChannelStatus;

/** The channels of a node. Immutable. */
public record ChannelsBody(List<ChannelStatus> channels) {

    public ChannelsBody {
        channels = List.copyOf(channels);
    }
}
