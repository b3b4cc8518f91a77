/**
 * A node's payment channels: the chain that they are on, the key that signs for them, and which one
 * pays whom.
 */
@NullMarked
package org.flowshield.node.payment.channel;

import org.jspecify.annotations.NullMarked;
