/**
 * Who a node is (DeCA, docs/ARCHITECTURE.md): a node makes its own key and its own short-lived
 * certificates; a wallet binds the key on chain, and takes it back there. Nobody else ever holds a
 * private key, and what cannot be checked is refused.
 */
@NullMarked
package org.flowshield.node.identity;

import org.jspecify.annotations.NullMarked;
