@NullMarked
package org.flowshield.libp2p.mdns;

import org.jspecify.annotations.NullMarked;
