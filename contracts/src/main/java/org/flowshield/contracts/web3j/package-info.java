/** The contracts by web3j's generated wrappers, which encode and decode. */
@NullMarked
package org.flowshield.contracts.web3j;

import org.jspecify.annotations.NullMarked;
