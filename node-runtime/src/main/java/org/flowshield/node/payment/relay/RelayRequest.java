package org.flowshield.node.payment.relay;

/** What a relayer is asked. Immutable. */
public sealed interface RelayRequest permits CarriedOrder, RelayRequest.Ask {

    /** For what it carries orders about nodes, and to where. */
    record Ask() implements RelayRequest {}
}
