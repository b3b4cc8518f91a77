/** The ports of this module by web3j and the JDK's HTTP client: all that touches the network. */
@NullMarked
package org.flowshield.contracts.web3j;

import org.jspecify.annotations.NullMarked;
