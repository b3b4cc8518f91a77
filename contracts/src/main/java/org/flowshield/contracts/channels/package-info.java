/** The contract that payment channels live in: what it knows, says, and can be asked to do. */
@NullMarked
package org.flowshield.contracts.channels;

import org.jspecify.annotations.NullMarked;
