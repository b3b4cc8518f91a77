/**
 * What a running node tells and takes about money. Amounts are in FLOW; like the rest of the local
 * API they know nothing of sockets, of JSON, or of the way to the chain.
 */
@NullMarked
package org.flowshield.node.api.payment;

import org.jspecify.annotations.NullMarked;
