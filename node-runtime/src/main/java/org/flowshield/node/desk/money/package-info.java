/** Money of a wallet: what there is, what is typed, what is sent, what became of it. */
@NullMarked
package org.flowshield.node.desk.money;

import org.jspecify.annotations.NullMarked;
