/** The file that says which chain and which contracts a network is made of. */
@NullMarked
package org.flowshield.contracts.network;

import org.jspecify.annotations.NullMarked;
