/** The verbs about the record of money of a daemon that does not run. */
@NullMarked
package org.flowshield.node.cli.ledger;

import org.jspecify.annotations.NullMarked;
