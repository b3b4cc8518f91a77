/** In which hours a node sells: values, and the port behind them. */
@NullMarked
package org.flowshield.node.api.schedule;

import org.jspecify.annotations.NullMarked;
