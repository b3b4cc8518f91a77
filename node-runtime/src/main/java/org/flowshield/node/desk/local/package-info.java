/**
 * The desk of this machine: the wallet in its directory, the agent beside it, the daemon behind its
 * socket, and the chain by RPC.
 */
@NullMarked
package org.flowshield.node.desk.local;

import org.jspecify.annotations.NullMarked;
