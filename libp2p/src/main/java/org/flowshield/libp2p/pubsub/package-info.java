/** Publish and subscribe by gossipsub 1.2, with peers of 1.1 and 1.0, for virtual threads. */
@NullMarked
package org.flowshield.libp2p.pubsub;

import org.jspecify.annotations.NullMarked;
