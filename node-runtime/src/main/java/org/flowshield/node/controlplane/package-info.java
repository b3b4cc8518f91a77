/**
 * The node's own connections beside its sessions: which way they go, and how names are found
 * without a leak.
 */
@NullMarked
package org.flowshield.node.controlplane;

import org.jspecify.annotations.NullMarked;
