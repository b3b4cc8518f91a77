/**
 * How money and rights move: proposed, agreed to, signed by the process that holds the keys, and
 * followed until it is known what became of it. Values, and the person's side of it.
 */
@NullMarked
package org.flowshield.node.desk.transaction;

import org.jspecify.annotations.NullMarked;
