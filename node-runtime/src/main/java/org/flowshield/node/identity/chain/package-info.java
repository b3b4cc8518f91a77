/**
 * What the registry on chain says of nodes: by an RPC that is believed, or by proofs from nodes
 * that need not be.
 */
@NullMarked
package org.flowshield.node.identity.chain;

import org.jspecify.annotations.NullMarked;
