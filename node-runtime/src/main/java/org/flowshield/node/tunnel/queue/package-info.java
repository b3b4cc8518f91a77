/** What waits, for how long, and whose turn is next: backlogs, rates and fair sharing. */
@NullMarked
package org.flowshield.node.tunnel.queue;

import org.jspecify.annotations.NullMarked;
