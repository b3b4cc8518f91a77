/** What gossipsub says on the wire, and how its messages are signed. Pure values. */
@NullMarked
package org.flowshield.libp2p.pubsub.wire;

import org.jspecify.annotations.NullMarked;
