/** A chain of our own on this machine, for development, tests and the demo. */
@NullMarked
package org.flowshield.contracts.anvil;

import org.jspecify.annotations.NullMarked;
