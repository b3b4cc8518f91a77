/**
 * What a wallet signs, and how it tells people so: transactions whose meaning is known here, and
 * typed orders. Never bare hashes. Pure: no key, no file, no socket.
 */
@NullMarked
package org.flowshield.node.wallet.signing;

import org.jspecify.annotations.NullMarked;
