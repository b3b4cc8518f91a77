/** What a peer's behaviour is worth: gossipsub 1.1's score. A calculation without a clock. */
@NullMarked
package org.flowshield.libp2p.pubsub.score;

import org.jspecify.annotations.NullMarked;
