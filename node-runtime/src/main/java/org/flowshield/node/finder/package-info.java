/**
 * How a client finds providers without an operator: fullnodes' directories, the distributed hash
 * table, and what is remembered of both; whom of them it trusts with money, and in which order it
 * tries them. Nobody who passes something on is believed (docs/adr/0027).
 */
@NullMarked
package org.flowshield.node.finder;

import org.jspecify.annotations.NullMarked;
