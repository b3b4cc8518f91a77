/** multistream-select 1.0: how two peers agree on a protocol. */
@NullMarked
package org.flowshield.libp2p.multistream;

import org.jspecify.annotations.NullMarked;
