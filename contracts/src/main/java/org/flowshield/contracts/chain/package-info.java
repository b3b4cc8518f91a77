/** What is asked of a chain, and how its trouble is told from its refusals. */
@NullMarked
package org.flowshield.contracts.chain;

import org.jspecify.annotations.NullMarked;
