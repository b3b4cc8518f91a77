/** The command that puts all contracts on a chain and writes the network file. */
@NullMarked
package org.flowshield.contracts.deploy;

import org.jspecify.annotations.NullMarked;
