@NullMarked
package org.flowshield.libp2p.pubsub;

import org.jspecify.annotations.NullMarked;
