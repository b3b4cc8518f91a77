/** The verbs of {@code flowshield wallet} that need no chain: making, opening and copying keys. */
@NullMarked
package org.flowshield.node.cli.wallet;

import org.jspecify.annotations.NullMarked;
