@NullMarked
package org.flowshield.libp2p.connections;

import org.jspecify.annotations.NullMarked;
