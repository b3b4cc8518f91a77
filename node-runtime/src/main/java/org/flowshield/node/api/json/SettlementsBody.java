package org.flowshield.node.api.json;

import java.util.List;
import org.flowshield.node.api.payment.Settlement;

/** What settling came to; empty if nothing was there to be settled. Immutable. */
public record SettlementsBody(List<Settlement> settlements) {

    public SettlementsBody {
        settlements = List.copyOf(settlements);
    }
}
