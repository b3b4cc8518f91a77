/** What thousands of libp2p connections cost a node that has nothing to do with them. */
@NullMarked
package org.flowshield.bench.idle;

import org.jspecify.annotations.NullMarked;
