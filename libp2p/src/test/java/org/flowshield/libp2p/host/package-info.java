@NullMarked
package org.flowshield.libp2p.host;

import org.jspecify.annotations.NullMarked;
