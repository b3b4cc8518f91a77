@NullMarked
package org.flowshield.libp2p.pubsub.wire;

import org.jspecify.annotations.NullMarked;
