/** The verbs of {@code flowshield wallet} and {@code purse} that ask and change the chain. */
@NullMarked
package org.flowshield.node.cli.money;

import org.jspecify.annotations.NullMarked;
