package org.flowshield.libp2p.pubsub;

import org.flowshield.libp2p.pubsub.wire.MessageId;

/**
 * A message is on its way.
 *
 * @param peers to how many peers it goes at once; with none nobody gets it but by later gossip
 */
public record Published(MessageId id, int peers) {}
