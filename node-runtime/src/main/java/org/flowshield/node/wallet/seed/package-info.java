/**
 * From the words that a person writes down to the keys of accounts: BIP-39 sentences, BIP-32
 * derivation. Pure: no file, no clock; randomness is given.
 */
@NullMarked
package org.flowshield.node.wallet.seed;

import org.jspecify.annotations.NullMarked;
