/** The ledger in a SQLite database, with a second copy of its vouchers in a log beside it. */
@NullMarked
package org.flowshield.node.ledger.sqlite;

import org.jspecify.annotations.NullMarked;
