@NullMarked
package org.flowshield.libp2p.pubsub.mesh;

import org.jspecify.annotations.NullMarked;
