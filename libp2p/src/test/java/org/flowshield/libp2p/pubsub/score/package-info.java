@NullMarked
package org.flowshield.libp2p.pubsub.score;

import org.jspecify.annotations.NullMarked;
