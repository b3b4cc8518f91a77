@NullMarked
package org.flowshield.libp2p.kad;

import org.jspecify.annotations.NullMarked;
