/**
 * Secrets under a password: the web3 secret storage format, version 3, which geth, cast and web3j
 * read and write too, and the seed's file, which is made the same way. Pure: no file, no clock;
 * randomness is given.
 */
@NullMarked
package org.flowshield.node.wallet.keystore;

import org.jspecify.annotations.NullMarked;
