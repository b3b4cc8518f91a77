/** Addresses, hashes and amounts of an Ethereum-like chain: pure values, no chain is asked. */
@NullMarked
package org.flowshield.contracts.evm;

import org.jspecify.annotations.NullMarked;
