/** A deployed network on a chain of its own, and an RPC that can be made to misbehave. */
@NullMarked
package org.flowshield.contracts.lab;

import org.jspecify.annotations.NullMarked;
